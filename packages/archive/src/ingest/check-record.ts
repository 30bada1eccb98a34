import { isObject, type JsonObject } from '../fhir/json.js';
import type { RecordFolder } from '../folder-format.js';

const ID = /^[a-z0-9-]{1,64}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const MIME = /^[a-z]+\/[a-z0-9.+-]+$/i;
/** Longer names and titles are refused: they are floods, not names. */
const MAX_TEXT = 20_000;

/** A record.json that keeps its format, or what is wrong with it: paths and rules, never the values themselves. */
export type CheckedRecord =
  | { readonly status: 'ok'; readonly record: RecordFolder }
  | { readonly status: 'invalid'; readonly problems: readonly string[] };

/** Checks the JSON text of a record folder. Never throws. */
export function checkRecord(json: string): CheckedRecord {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { status: 'invalid', problems: ['record.json is not JSON'] };
  }
  const check = new Check();
  if (!isObject(value)) return { status: 'invalid', problems: ['record.json is not an object'] };
  if (value['format'] !== 'anjuan-record-folder/1') check.say('format', 'must be "anjuan-record-folder/1"');
  check.id(value, 'recordId');
  check.oneOf(value, 'status', ['working', 'archived', 'sealed']);
  checkPatient(check, value);
  checkStay(check, value);
  checkDocuments(check, value);
  if (check.problems.length > 0) return { status: 'invalid', problems: check.problems };
  // Every field was checked above.
  return { status: 'ok', record: value as unknown as RecordFolder };
}

function checkPatient(check: Check, root: JsonObject): void {
  const patient = check.object(root, 'patient');
  if (!patient) return;
  check.id(patient, 'patient.patientId');
  check.text(patient, 'patient.name');
  check.optionalText(patient, 'patient.pinyin');
  check.optionalText(patient, 'patient.residentId');
  check.oneOf(patient, 'patient.gender', ['male', 'female', 'other', 'unknown']);
  check.pattern(patient, 'patient.birthDate', DATE, 'a date YYYY-MM-DD');
}

function checkStay(check: Check, root: JsonObject): void {
  const stay = check.object(root, 'stay');
  if (!stay) return;
  check.text(stay, 'stay.recordNumber');
  check.text(stay, 'stay.inpatientNumber');
  check.pattern(stay, 'stay.admittedOn', INSTANT, 'a time with offset');
  if (stay['dischargedOn'] !== undefined) check.pattern(stay, 'stay.dischargedOn', INSTANT, 'a time with offset');
  const visit = stay['visitNumber'];
  if (typeof visit !== 'number' || !Number.isInteger(visit) || visit < 1)
    check.say('stay.visitNumber', 'must be 1 or more');
  const department = check.object(stay, 'stay.department');
  if (department) check.coding(department, 'stay.department');
  const diagnosis = stay['mainDiagnosis'] === undefined ? undefined : check.object(stay, 'stay.mainDiagnosis');
  if (diagnosis) check.coding(diagnosis, 'stay.mainDiagnosis');
  const attending = check.object(stay, 'stay.attending');
  if (attending) check.person(attending, 'stay.attending');
}

function checkDocuments(check: Check, root: JsonObject): void {
  const documents = root['documents'];
  if (!Array.isArray(documents)) {
    check.say('documents', 'must be a list');
    return;
  }
  const seen = new Set<unknown>();
  documents.forEach((document: unknown, index) => {
    const path = `documents[${String(index)}]`;
    if (!isObject(document)) {
      check.say(path, 'must be an object');
      return;
    }
    check.id(document, `${path}.documentId`);
    if (seen.has(document['documentId'])) check.say(`${path}.documentId`, 'occurs twice');
    seen.add(document['documentId']);
    check.pattern(document, `${path}.file`, /^(?!\.)[^/\\\0]{1,255}$/, 'a file name without folders');
    check.pattern(document, `${path}.mime`, MIME, 'a MIME type');
    check.pattern(document, `${path}.typeCode`, /^[A-Za-z0-9.-]{1,64}$/, 'a type code');
    check.text(document, `${path}.title`);
    check.pattern(document, `${path}.dateTime`, INSTANT, 'a time with offset');
    const author = check.object(document, `${path}.author`);
    if (author) check.person(author, `${path}.author`);
    const { signed } = document;
    if (signed !== undefined && typeof signed !== 'boolean') check.say(`${path}.signed`, 'must be true or false');
    const labels = document['labels'];
    const good =
      Array.isArray(labels) && labels.every((label) => typeof label === 'string' && /^[A-Z]{1,10}$/.test(label));
    if (labels !== undefined && !good) check.say(`${path}.labels`, 'must be a list of label codes');
  });
}

/** Collects problems. The last part of a path is the key in the object at hand. */
class Check {
  readonly problems: string[] = [];

  say(path: string, rule: string): void {
    if (this.problems.length < 20) this.problems.push(`${path} ${rule}`);
  }

  object(parent: JsonObject, path: string): JsonObject | undefined {
    const value = parent[lastPart(path)];
    if (isObject(value)) return value;
    this.say(path, 'must be an object');
    return undefined;
  }

  text(parent: JsonObject, path: string): void {
    const value = parent[lastPart(path)];
    const good = typeof value === 'string' && value.trim() !== '' && value.length <= MAX_TEXT;
    if (!good) this.say(path, `must be text of 1 to ${String(MAX_TEXT)} characters`);
  }

  optionalText(parent: JsonObject, path: string): void {
    if (parent[lastPart(path)] !== undefined) this.text(parent, path);
  }

  id(parent: JsonObject, path: string): void {
    this.pattern(parent, path, ID, 'an id of lower-case letters, digits and hyphens, at most 64');
  }

  pattern(parent: JsonObject, path: string, pattern: RegExp, what: string): void {
    const value = parent[lastPart(path)];
    const real = pattern !== INSTANT && pattern !== DATE ? true : !Number.isNaN(Date.parse(String(value)));
    if (typeof value !== 'string' || !pattern.test(value) || !real) this.say(path, `must be ${what}`);
  }

  oneOf(parent: JsonObject, path: string, values: readonly string[]): void {
    const value = parent[lastPart(path)];
    if (typeof value !== 'string' || !values.includes(value)) this.say(path, `must be one of ${values.join(', ')}`);
  }

  coding(coding: JsonObject, path: string): void {
    this.text(coding, `${path}.code`);
    this.text(coding, `${path}.display`);
    this.optionalText(coding, `${path}.system`);
  }

  person(person: JsonObject, path: string): void {
    this.id(person, `${path}.practitionerId`);
    this.text(person, `${path}.name`);
  }
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
