import type { Addresses } from '../address.js';

/**
 * How to ask for one page of a search: by form, because a typed name in an address would end up in every proxy's log.
 * A next link that is no plain search, for example a paging token, is followed as it is: it carries none of our text.
 * @source FHIR R4 RESTful API, "search": servers that search support POST [type]/_search
 */
export function searchCall(page: URL, addresses: Addresses): { readonly url: URL; readonly form?: URLSearchParams } {
  const { pathname } = addresses.below('DocumentReference');
  if (page.pathname !== pathname && page.pathname !== `${pathname}/_search`) return { url: page };
  return { url: addresses.below('DocumentReference/_search'), form: page.searchParams };
}
