interface Entry {
  readonly fullUrl?: string;
  readonly resource: Record<string, unknown>;
  readonly request: { readonly method: string; readonly url: string; readonly ifMatch?: string };
}

/** One stay `r1` that takes transactions, and nothing more. The real rules are tested against the real archive. */
export class FakeRecords {
  readonly transactions: { readonly entry: readonly Entry[] }[] = [];
  /** Before a transaction is looked at. */
  onTransaction: (() => void) | undefined;
  folder: { entry: { item: { reference: string } }[] } = { entry: [] };
  #version = 1;
  readonly #documents = new Map<string, string>();

  addEntry(reference: string): void {
    this.folder.entry.push({ item: { reference } });
    this.#version += 1;
  }

  async answer(request: Request, path: string): Promise<Response> {
    if (request.method === 'GET' && path === 'List/r1') {
      const resource = { resourceType: 'List', id: 'r1', subject: { reference: 'Patient/p' }, ...this.folder };
      return Response.json(resource, { headers: { etag: `W/"${this.#version}"` } });
    }
    if (request.method === 'GET' && path === 'DocumentReference') return this.#search(new URL(request.url));
    if (request.method === 'POST' && path === '') return this.#transaction(await request.text());
    return new Response(null, { status: 404 });
  }

  #search(url: URL): Response {
    const asked = (url.searchParams.get('identifier') ?? '').split(',').map((token) => token.split('|')[1] ?? '');
    const entry = asked.flatMap((value) => {
      const id = this.#documents.get(value);
      return id === undefined
        ? []
        : [{ resource: { resourceType: 'DocumentReference', id, masterIdentifier: { value } } }];
    });
    return Response.json({ resourceType: 'Bundle', type: 'searchset', entry });
  }

  #transaction(body: string): Response {
    this.onTransaction?.();
    const bundle = JSON.parse(body) as { readonly entry: readonly Entry[] };
    const put = bundle.entry.find(({ request }) => request.method === 'PUT');
    if (put?.request.ifMatch !== `W/"${this.#version}"`) return new Response(null, { status: 412 });
    this.transactions.push(bundle);
    const ids = new Map<string, string>();
    const entry = bundle.entry.map(({ fullUrl = '', resource, request }) => {
      if (request.url !== 'DocumentReference') return { response: { status: '201', location: `${request.url}/x` } };
      const id = `doc-${this.#documents.size + 1}`;
      this.#documents.set((resource['masterIdentifier'] as { value: string }).value, id);
      ids.set(fullUrl, `DocumentReference/${id}`);
      return { response: { status: '201', location: `DocumentReference/${id}/_history/1` } };
    });
    const entries = put.resource['entry'] as { item: { reference: string } }[];
    this.folder = {
      entry: entries.map(({ item }) => ({ item: { reference: ids.get(item.reference) ?? item.reference } })),
    };
    this.#version += 1;
    return Response.json({ resourceType: 'Bundle', type: 'transaction-response', entry });
  }
}
