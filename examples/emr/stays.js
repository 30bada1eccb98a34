/**
 * The ward list. A hospital has its own; this page asks the archive, which speaks plain FHIR: stays with their patients,
 * those without a front page included. What the user may not read comes without a name and is left out.
 */
export async function loadStays({ token, client }) {
  const query = 'status=current&_count=100&_include=List:subject&_include=List:encounter';
  const answer = await fetch(`/fhir/List?${query}`, { headers: { authorization: `Bearer ${token}` } });
  if (!answer.ok) throw new Error('no ward list');
  const resources = ((await answer.json()).entry ?? []).map(({ resource }) => resource);
  const byReference = new Map(resources.map((resource) => [`${resource.resourceType}/${resource.id}`, resource]));
  const stays = resources
    .filter(({ resourceType, encounter }) => resourceType === 'List' && encounter)
    .map((list) => stayOf(list, byReference))
    .filter((stay) => stay !== undefined);
  // The main diagnosis stands on the front page, which the client's search reads.
  for await (const { recordId, mainDiagnosis } of client.records.search({})) {
    const stay = stays.find((each) => each.recordId === recordId);
    if (stay && mainDiagnosis) stay.diagnosis = mainDiagnosis;
  }
  return stays.sort(inWardFirst);
}

const inpatientNumber = 'urn:oid:2.16.156.10011.1.12';
const recordNumber = 'urn:oid:2.16.156.10011.1.13';

function stayOf(list, byReference) {
  const patient = byReference.get(list.subject?.reference);
  const encounter = byReference.get(list.encounter.reference);
  if (!patient?.name || !encounter?.period) return undefined;
  const identifier = (system) => list.identifier?.find((each) => each.system === system)?.value;
  return {
    recordId: list.id,
    patientId: patient.id,
    name: patient.name[0].text,
    gender: patient.gender,
    birthDate: patient.birthDate,
    recordNumber: identifier(recordNumber),
    inpatientNumber: identifier(inpatientNumber),
    visitNumber: list.extension?.find(({ url }) => url.endsWith('visit-number'))?.valuePositiveInt,
    department: encounter.serviceType?.text,
    admittedOn: encounter.period.start,
    dischargedOn: encounter.period.end,
  };
}

/** Who lies in the ward first, by bed as they came; then the latest discharge. */
function inWardFirst(a, b) {
  if (!a.dischargedOn || !b.dischargedOn) {
    if (a.dischargedOn) return 1;
    if (b.dischargedOn) return -1;
    return a.admittedOn.localeCompare(b.admittedOn);
  }
  return b.dischargedOn.localeCompare(a.dischargedOn);
}
