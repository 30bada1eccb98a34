import type { World } from './world.js';

/** Stays for the scans, as a hospital's integration would admit them. People are invented. */
export async function admitRecords(world: World, recordIds: readonly string[]): Promise<void> {
  const resources = [
    {
      resourceType: 'Patient',
      id: 'pt-chaos',
      name: [{ text: '测试患者' }],
      gender: 'female',
      birthDate: '1970-05-01',
    },
    {
      resourceType: 'Encounter',
      id: 'enc-chaos',
      status: 'in-progress',
      class: { code: 'IMP' },
      subject: { reference: 'Patient/pt-chaos' },
      period: { start: '2026-03-01T09:00:00+08:00' },
    },
    ...recordIds.map((id) => ({
      resourceType: 'List',
      id,
      status: 'current',
      mode: 'working',
      code: { coding: [{ system: 'https://profiles.ihe.net/ITI/MHD/CodeSystem/MHDlistTypes', code: 'folder' }] },
      subject: { reference: 'Patient/pt-chaos' },
      encounter: { reference: 'Encounter/enc-chaos' },
    })),
  ];
  const entry = resources.map((resource) => {
    const url = `${resource.resourceType}/${resource.id}`;
    return { fullUrl: `urn:chaos:${url}`, resource, request: { method: 'PUT', url } };
  });
  const answer = await world.fhir('', {
    method: 'POST',
    body: JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }),
  });
  if (!answer.ok) throw new Error(`the stays were refused: ${answer.status} ${await answer.text()}`);
}
