import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stringAt, stringsAt, objectsAt, type JsonObject } from '../fhir/json.js';
import { clerk, neurologist, system } from '../testing/people.js';
import { admit, brainStay, heartStay, sampleDocument } from '../testing/sample-hospital.js';
import { TestArchive } from '../testing/test-archive.js';

const post = (fullUrl: string, resource: JsonObject, more: JsonObject = {}): JsonObject => ({
  fullUrl,
  resource,
  request: { method: 'POST', url: stringAt(resource, 'resourceType') ?? '', ...more },
});

/** An ITI-65 submission: SubmissionSet, document and bytes, linked by urn:uuid. */
function submission(document: JsonObject): JsonObject {
  const { id: _id, ...rest } = document;
  const [bytes, doc] = [
    'urn:uuid:0a1e0c5e-0000-4000-8000-000000000001',
    'urn:uuid:0a1e0c5e-0000-4000-8000-000000000002',
  ];
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      post('urn:uuid:0a1e0c5e-0000-4000-8000-000000000003', {
        resourceType: 'List',
        status: 'current',
        mode: 'working',
        code: {
          coding: [{ system: 'https://profiles.ihe.net/ITI/MHD/CodeSystem/MHDlistTypes', code: 'submissionset' }],
        },
        subject: { reference: 'Patient/p-lin' },
        entry: [{ item: { reference: doc } }],
      }),
      post(doc, { ...rest, content: [{ attachment: { contentType: 'application/pdf', url: bytes, size: 3 } }] }),
      post(bytes, { resourceType: 'Binary', contentType: 'application/pdf', data: btoa('abc') }),
    ],
  };
}

describe('bundles', () => {
  it('an ITI-65 submission stores bytes, document and list, linked to each other', async () => {
    const archive = new TestArchive();
    const go = archive.as(system);
    await admit(archive, heartStay);
    const answer = await go('', { body: submission(sampleDocument(heartStay, { id: 'new-doc', title: '新' })) });
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.json['type'], 'transaction-response');
    const [list = '', document = '', binary = ''] = stringsAt(answer.json, 'entry.response.location').map((location) =>
      location.replace(/\/_history.*/, ''),
    );
    assert.equal(stringAt((await go(list)).json, 'entry.item.reference'), document);
    assert.equal(stringAt((await go(document)).json, 'content.attachment.url'), binary);
    assert.equal((await go(binary)).text, 'abc');
    assert.deepEqual(stringsAt(answer.json, 'entry.response.status'), ['201 Created', '201 Created', '201 Created']);
  });

  it('one bad entry undoes the whole transaction', async () => {
    const archive = new TestArchive();
    const go = archive.as(system);
    const good = post('urn:uuid:1', { resourceType: 'Practitioner', identifier: [{ system: 'urn:t', value: 'x' }] });
    const bads: [JsonObject, number][] = [
      [post('urn:uuid:2', { resourceType: 'Task', status: 'draft' }), 422],
      [
        post('urn:uuid:2', {
          resourceType: 'List',
          status: 'current',
          mode: 'working',
          subject: { reference: 'urn:uuid:9' },
        }),
        422,
      ],
      [
        {
          resource: { resourceType: 'Patient', id: 'p' },
          request: { method: 'PUT', url: 'Patient/p', ifMatch: 'W/"4"' },
        },
        412,
      ],
      [{ request: { method: 'DELETE', url: 'Patient/p' } }, 400],
      [
        post('urn:uuid:2', {
          resourceType: 'DocumentReference',
          status: 'current',
          content: [{ attachment: { url: 'Binary/none' } }],
        }),
        422,
      ],
      [{ odd: true }, 400],
    ];
    for (const [bad, status] of bads) {
      const answer = await go('', { body: { resourceType: 'Bundle', type: 'transaction', entry: [good, bad] } });
      assert.equal(answer.status, status, answer.text);
      assert.equal(answer.json['resourceType'], 'OperationOutcome');
    }
    assert.equal((await go('Practitioner?identifier=urn:t|x')).json['total'], 0);
    const twice = { resource: { resourceType: 'Patient', id: 'p' }, request: { method: 'PUT', url: 'Patient/p' } };
    assert.equal(
      (await go('', { body: { resourceType: 'Bundle', type: 'transaction', entry: [twice, twice] } })).status,
      400,
    );
  });

  it('a submission sent twice is stored once, by its conditional creates', async () => {
    const archive = new TestArchive();
    const go = archive.as(system);
    const identifier = [{ system: 'urn:t', value: 'once' }];
    const entry = post(
      'urn:uuid:1',
      { resourceType: 'Practitioner', identifier },
      { ifNoneExist: 'identifier=urn:t|once' },
    );
    const body = { resourceType: 'Bundle', type: 'transaction', entry: [entry] };
    const answers = [await go('', { body }), await go('', { body })];
    assert.deepEqual(
      answers.map((answer) => stringAt(answer.json, 'entry.response.status')),
      ['201 Created', '200 OK'],
    );
    assert.equal((await go('Practitioner')).json['total'], 1);
  });

  it('bytes that are not what the document says are refused', async () => {
    const archive = new TestArchive();
    await admit(archive, heartStay);
    const body = JSON.parse(
      JSON.stringify(submission(sampleDocument(heartStay, { id: 'n' }))).replace('"size":3', '"size":4'),
    );
    const answer = await archive.as(system)('', { body: body as JsonObject });
    assert.deepEqual([answer.status, stringAt(answer.json, 'issue.details.coding.code')], [422, 'integrity-mismatch']);
  });

  it('batch entries stand alone and obey the reader’s rights', async () => {
    const archive = new TestArchive();
    await admit(archive, heartStay, brainStay);
    const entry = [
      'DocumentReference/heart-hiv',
      'DocumentReference/brain-note',
      'DocumentReference?type=C0007',
      'Nope',
      'metadata',
    ].map((url) => ({
      request: { method: 'GET', url },
    }));
    const body = { resourceType: 'Bundle', type: 'batch', entry: [...entry, { request: {} }] };
    const answer = await archive.as(neurologist)('', { body });
    assert.deepEqual(stringsAt(answer.json, 'entry.response.status'), ['404', '200', '200', '404', '200', '400']);
    assert.equal(answer.text.includes('抗体'), false);
    const found = objectsAt(answer.json, 'entry')[2];
    assert.deepEqual(
      stringsAt(found, 'resource.entry.resource.id'),
      ['heart-lab'],
      'a locked stub, the hidden one absent',
    );
    const all = await archive.as(clerk)('', { body });
    assert.equal(stringsAt(all.json, 'entry.response.status')[0], '200');
  });
});
