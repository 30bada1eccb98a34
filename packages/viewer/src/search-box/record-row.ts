import { html, nothing, type TemplateResult } from 'lit';
import type { RecordSummary } from '@anjuan/core';
import { formatAge, formatDate, type Locale } from '@anjuan/core/element';
import { displayText } from './display-text.js';
import type { SearchBoxTexts } from './search-box.messages.js';

const NAME_CHARS = 40;
const NUMBER_CHARS = 32;
const DEPARTMENT_CHARS = 30;
const DIAGNOSIS_CHARS = 80;

/** The index card of one stay as a row: who, number, when and where, why. `bdi` keeps foreign scripts from mixing. */
export function recordRow(record: RecordSummary, t: SearchBoxTexts, locale: Locale): TemplateResult {
  const name = displayText(record.patientName, NAME_CHARS) || t.unnamed;
  const department = displayText(record.department, DEPARTMENT_CHARS);
  const diagnosis = displayText(record.mainDiagnosis?.text, DIAGNOSIS_CHARS);
  return html`
    <span class="who">
      <bdi class="name">${name}</bdi>
      <span class="person">${person(record, t, locale)}</span>
    </span>
    <bdi class="number">${number(record, t)}</bdi>
    <span class="stay">
      <span class="dates">${stay(record, t)}</span>
      ${department ? html`<bdi class="department">${department}</bdi>` : nothing}
      ${record.visitNumber === undefined ? nothing : html`<span class="visit">${t.visit(record.visitNumber)}</span>`}
    </span>
    <bdi class="diagnosis">${diagnosis || t.noDiagnosis}</bdi>
  `;
}

function person(record: RecordSummary, t: SearchBoxTexts, locale: Locale): string {
  const age = formatAge(record.birthDate, record.admittedOn ?? record.dischargedOn, locale);
  return [t.gender[record.gender], age].filter(Boolean).join(' ');
}

function number(record: RecordSummary, t: SearchBoxTexts): string {
  if (record.recordNumber) return t.recordNumber(displayText(record.recordNumber, NUMBER_CHARS));
  if (record.inpatientNumber) return t.inpatientNumber(displayText(record.inpatientNumber, NUMBER_CHARS));
  return '';
}

function stay(record: RecordSummary, t: SearchBoxTexts): string {
  const from = formatDate(record.admittedOn);
  const to = formatDate(record.dischargedOn);
  if (!from && !to) return t.unknownDate;
  return t.stay(from || t.unknownDate, to || t.stillIn);
}
