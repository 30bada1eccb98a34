import assert from 'node:assert/strict';
import { test } from 'node:test';
import { find, findAll, parseXml, textAt } from './xml.js';

test('reads elements, text, CDATA, entities, comments and attributes with any characters', () => {
  const root = parseXml(
    '\uFEFF<?xml version="1.0"?><!-- <x> --><a:r xmlns:a="u>v"><b c=\'/>\'>1 &lt; 2 &#x26; &#51;</b><b/><d><![CDATA[<&>]]></d></a:r >',
  );
  assert.equal(root.name, 'r');
  assert.equal(textAt(root, 'b'), '1 < 2 & 3');
  assert.equal(findAll(root, 'b').length, 2);
  assert.equal(find(root, 'd')?.text, '<&>');
  assert.equal(textAt(root, 'd', 'nothing'), '');
});

test('refuses what could reach outside or grow, and what is not well-formed', () => {
  for (const source of [
    '',
    'text',
    '<a>',
    '<a></b>',
    '<a></a><b/>',
    '<a/>text',
    '<a',
    '<a b="></a>',
    '<1/>',
    '<a>&unknown;</a>',
    '<a>&#0;</a>',
    '<a>&#xD800;</a>',
    '<a>&amp</a>',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    '<!DOCTYPE a><a/>',
    `${'<a>'.repeat(40)}${'</a>'.repeat(40)}`,
    `<a>${'<b/>'.repeat(20_001)}</a>`,
    `<a>${'x'.repeat(1024 * 1024)}</a>`,
  ]) {
    assert.throws(() => parseXml(source), { code: 'device-protocol' }, source.slice(0, 60));
  }
});
