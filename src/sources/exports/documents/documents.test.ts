import { threadCpuUsage } from 'node:process';
import { describe, expect, it } from 'vitest';
import { baselineSchema } from '#domain/model/baseline.ts';
import type { DocumentKind } from '#domain/model/kinds.ts';
import { type Content, ImportProblem } from '../file-kind.ts';
import { readDocument, recognizeDocument } from './index.ts';
import { parseYaml, readYaml } from './yaml.ts';

const yaml = (text: string): Content => {
  let value: unknown = null;
  try {
    value = parseYaml(text).value;
  } catch {
    value = null;
  }
  return { form: 'yaml', value, lines: {}, text };
};
const read = (kind: DocumentKind, text: string) => readDocument(kind, yaml(text), `${kind}.yaml`, 'sha');

function problem(kind: DocumentKind, text: string): ImportProblem {
  try {
    read(kind, text);
  } catch (error) {
    if (error instanceof ImportProblem) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

function charter(text: string) {
  const document = read('charter', text);
  if (document.kind !== 'charter') throw new Error('not a charter');
  return document.charter;
}

describe('a charter with a group that lacks a key', () => {
  const read = (text: string, keepRest: boolean) =>
    readDocument('charter', yaml(text), 'charter.yaml', 'sha', keepRest);
  const TEXT = 'maxOwners: 2\nincidentPlan:\n  types: [other]\n  contacts: [Dana]\nowners: []\n';
  it('is read without the group, which is named', () => {
    const found = read(TEXT, true);
    expect(found).toMatchObject({
      charter: { value: { maxOwners: 2, owners: [] } },
      incomplete: [
        {
          line: 2,
          path: 'incidentPlan',
          says: '`reviewed` of `incidentPlan` is missing. So `incidentPlan` was left out.',
        },
      ],
    });
    expect(found).not.toHaveProperty('charter.value.incidentPlan');
  });
  it('takes a blank text for no text', () => {
    const blank = read(
      `${TEXT.replace('owners: []', 'accountOwner: ""')}`.replace('[Dana]', '[Dana]\n  reviewed: " "'),
      true,
    );
    expect(blank).toMatchObject({
      incomplete: [{ says: expect.stringContaining('`incidentPlan` was left out.') }],
    });
    expect(blank).not.toHaveProperty('charter.value.accountOwner');
  });
  it('is refused where somebody edits it and where a value is wrong', () => {
    expect(() => read(TEXT, false)).toThrow('`reviewed` of `incidentPlan` is missing.');
    expect(() => read(`${TEXT}ssoRequired: maybe\n`, true)).toThrow('`ssoRequired`');
    expect(() => read('connectors:\n  - name: Asana\n', true)).toThrow(
      '`actions` of entry 1 of `connectors`',
    );
  });
});

describe('a journal with an entry that lacks a key', () => {
  const read = (text: string) => readDocument('journal', yaml(text), 'journal.yaml', 'sha', true);
  it('is read without the entry, which is named with its line, and the others keep theirs', () => {
    expect(
      read(
        'incidents:\n  - {id: "", type: other, opened: 2026-10-01}\n  - {id: A, type: other, opened: 2026-10-02}\n  - {type: other, opened: 2026-10-03}\n  - {id: B, type: other, opened: 2026-10-04}\n',
      ),
    ).toMatchObject({
      journal: {
        value: { incidents: [{ id: 'A' }, { id: 'B' }] },
        lines: { 'incidents.0': 3, 'incidents.1.id': 5 },
        leftOut: [{ path: 'incidents' }, { path: 'incidents' }],
      },
      incomplete: [
        { line: 2, says: '`id` of entry 1 of `incidents` is empty. So entry 1 of `incidents` was left out.' },
        {
          line: 4,
          says: '`id` of entry 3 of `incidents` is missing. So entry 3 of `incidents` was left out.',
        },
      ],
    });
  });
  it('is refused where a day of an export is missing, since a file would seem newer than it is', () => {
    expect(() => read('exported:\n  - {what: members}\n')).toThrow('`on` of entry 1 of `exported`');
  });
});

describe('reading a document', () => {
  it('keeps dates as text and knows the line of every key', () => {
    const written = charter(
      '# note\nversion: 3\ninForceSince: 2026-09-01\nconnectors:\n  - name: Asana\n    actions:\n      read: allow\n',
    );
    expect(written.value).toMatchObject({ version: 3, inForceSince: '2026-09-01' });
    expect(written.lines).toMatchObject({
      version: 2,
      inForceSince: 3,
      'connectors.0': 5,
      'connectors.0.actions.read': 7,
    });
    expect(written).toMatchObject({ file: 'charter.yaml', sha256: 'sha' });
  });

  it('keeps the spelling of a number where text belongs', () => {
    expect(charter('policy: {version: 1.10, published: 2026-01-02}').value.policy?.version).toBe('1.10');
  });

  it('takes yes and no for an answer, and nothing else', () => {
    expect(charter('ssoRequired: yes\nlocalMcpAllowed: No\n').value).toMatchObject({
      ssoRequired: true,
      localMcpAllowed: false,
    });
    expect(problem('charter', 'ssoRequired: maybe').message).toBe(
      '`ssoRequired` must be true or false, and “maybe” is written.',
    );
  });

  it('takes a key without a value for not stated, but not an action without a permission', () => {
    expect(charter('owners:\nversion: 2\n').value).toEqual({ version: 2 });
    expect(problem('charter', 'connectors:\n  - name: A\n    actions:\n      send:\n').message).toMatch(
      /`send` of `actions` .* must be allow, ask or blocked/,
    );
  });

  it('distinguishes "none" from “not stated” in the profile', () => {
    const profile = (line: string) => {
      const document = read('profile', `name: A\ndomains: [a.org]\nclaudePlan: team\n${line}\n`);
      return document.kind === 'profile' ? document.profile.value.swg : 'x';
    };
    expect(profile('swg:')).toBeUndefined();
    expect(profile('swg: null')).toBeNull();
    expect(profile('swg: None')).toBe('none');
  });

  it('reads the four words of m365 or a list of part numbers', () => {
    const m365 = (value: string) => {
      const document = read('profile', `name: A\ndomains: [A.org]\nclaudePlan: team\nm365: ${value}\n`);
      return document.kind === 'profile' ? document.profile.value.m365 : null;
    };
    expect(m365('e3')).toBe('e3');
    expect(m365('[SPB, AAD_PREMIUM_P2]')).toEqual(['SPB', 'AAD_PREMIUM_P2']);
    expect(() => m365('e7')).toThrow(
      /business_basic_standard, business_premium, e3 or e5, or a list, and “e7” is written/,
    );
  });

  it('reads JSON the same, with tabs, in UTF-16 too', () => {
    const text = '{\n\t"version": 2,\n\t"maxOwners": 0\n}';
    expect(() =>
      readDocument('charter', { form: 'json', value: JSON.parse(text), text }, 'c.json', 's'),
    ).toThrow('`maxOwners` must be at least 1');
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('version: 2\n', 'utf16le')]);
    expect(readYaml(bytes, 'charter.yaml')).toMatchObject({
      form: 'yaml',
      value: { version: 2 },
      lines: { version: 1 },
    });
  });

  it('gives attestations the line they stand on', () => {
    const document = read(
      'attestations',
      'attestations:\n  - control: CLA-ACC-12\n    holds: no\n    seen: 2026-11-01\n    by: Dana\n  - {control: CLA-ACC-13, holds: true, seen: 2026-11-02, by: Dana}\n',
    );
    expect(document.kind === 'attestations' && document.attestations).toMatchObject([
      { control: 'CLA-ACC-12', holds: false, source: 'attestations.yaml', row: 2, fileFound: null },
      { control: 'CLA-ACC-13', holds: true, row: 6 },
    ]);
  });

  it.each(['charter', 'journal', 'attestations'] as const)(
    'an empty %s is valid and states nothing',
    (kind) => {
      expect(() => read(kind, '# only a comment\n')).not.toThrow();
    },
  );

  it('a bare list under the name of a document is one, and lacks its key', () => {
    const text = '- control: CLA-ACC-12\n  holds: false\n  seen: 2026-11-10\n  by: Kim Osei\n';
    expect(recognizeDocument(yaml(text), 'attestations.yaml')).toBe('attestations');
    expect(recognizeDocument(yaml(text), 'list.yaml')).toBeNull();
    expect(problem('attestations', text).message).toContain('keys such as `attestations:`');
  });

  it('refuses a time zone without daylight saving time, and says which ones are meant', () => {
    const zone = (name: string) => {
      const document = read('profile', `name: A\ndomains: [a.org]\nclaudePlan: team\ntimezone: "${name}"\n`);
      return document.kind === 'profile' ? document.profile.value.timezone : 'x';
    };
    expect(() => zone('EST')).toThrow(/America\/New_York.*“EST” is written/);
    expect(() => zone('mst')).toThrow(/America\/Denver, or America\/Phoenix/);
    for (const fixed of ['-05:00', 'Etc/GMT+5']) expect(() => zone(fixed)).toThrow(/America\/New_York/);
    for (const right of ['HST', 'UTC', 'Etc/GMT', 'EST5EDT', 'US/Eastern', 'America/Phoenix'])
      expect(zone(right)).toBe(right);
  });
  it('asks for the name where a profile says that there is a product, and knows what none is', () => {
    const siem = (text: string) => {
      const document = read('profile', `name: A\ndomains: [a.org]\nclaudePlan: team\nsiem: ${text}\n`);
      return document.kind === 'profile' ? document.profile.value.siem : 'x';
    };
    expect(() => siem('yes')).toThrow(/`siem` must be the name of the product, for example sentinel/);
    expect([siem('Sentinel'), siem('no'), siem('tbd')]).toEqual(['sentinel', 'none', '']);
  });
  it('refuses a zone without daylight saving time in a baseline as in a profile', () => {
    const zone = (name: string) => baselineSchema.shape.client.safeParse({ timezone: name }).success;
    expect([zone('America/New_York'), zone('EST'), zone('-05:00')]).toEqual([true, false, false]);
  });

  it('an empty profile names the keys that are needed', () => {
    expect(problem('profile', '# nothing yet\n').message).toBe(
      '`name` is missing. `domains` is missing. `claudePlan` is missing.',
    );
  });
});

describe('what is wrong is said in a sentence with its line', () => {
  it('unknown keys, with the closest one or where it belongs', () => {
    expect(problem('charter', 'version: 1\nowner: [a@b.org]\n')).toMatchObject({
      row: 2,
      message: '“owner” is not a key of the charter. The closest one is “owners”.',
    });
    expect(problem('charter', 'ssoAppId: x\n').message).toBe(
      '“ssoAppId” is not a key of the charter. It belongs under `entra`.',
    );
    expect(problem('profile', 'name: A\ndomains: [a.org]\nclaude_plan: team\n').message).toContain(
      'The closest one is “claudePlan”.',
    );
    expect(
      problem(
        'charter',
        'cowork:\n  enabled: true\n  runInCloud: true\n  automaticApproval: true\n  alwaysAllow: true\n  color: red\n',
      ).message,
    ).toContain('is not a key of `cowork`');
  });

  it('several problems are all named, in the order of the lines', () => {
    const { message, row } = problem(
      'charter',
      'maxOwners: two\nexceptions:\n  - control: CLA-1\n    reason: ""\n    owner: D\n    until: 24 Nov\n',
    );
    expect(row).toBe(1);
    expect(message.match(/Line \d+/g)).toEqual(['Line 1', 'Line 3', 'Line 4', 'Line 6']);
    expect(message).toContain(
      '`until` of entry 1 of `exceptions` is not a date of the form YYYY-MM-DD, for example 2026-11-24, and “24 Nov” is written.',
    );
  });

  it.each([
    ['a key twice', 'version: 1\nversion: 2\n', 2, /“version” appears twice/],
    ['a tab', 'owners:\n\t- a@b.org\n', 2, /indented with a tab/],
    ['a second colon', 'recoveryPlan: Step 1: call\n', 1, /second colon/],
    ['an open quotation mark', 'recoveryPlan: "call\n', 1, /quotation mark/],
    ['two documents', 'version: 1\n---\nversion: 2\n', 2, /more than one document/],
    ['a list in place of keys', '- version: 1\n', 1, /consists of keys/],
    ['a key that changes objects', '__proto__: {a: 1}\n', 1, /cannot be a key/],
    ['a character that YAML reserves', 'accountOwner: @dana\n', 1, /cannot start with “@”/],
  ])('%s', (_, text, row, words) => {
    const found = problem('charter', text);
    expect(found.message).toMatch(words);
    expect(found.row).toBe(row);
    expect(found.message).not.toMatch(/YAML\.|undefined|Expected|invalid_/);
  });

  it.each([
    ['in brackets', 'owners: {a: 1, b: 2,\n  a: 3}\n', 2, 'a'],
    ['in an entry of a list', 'owners:\n  - a: 1\n  - b: 1\n    "b": 2\n', 4, 'b'],
    ['further in, before one further out', 'a:\n  b: 1\n  b: 2\na: 3\n', 3, 'b'],
  ])('a key twice %s', (_, text, row, key) => {
    const found = problem('charter', text);
    expect(found.message).toContain(`The key “${key}” appears twice on one level.`);
    expect(found.row).toBe(row);
  });

  it('eight times as many keys take no more than some eight times as long', () => {
    const cost = (keys: number) => {
      const text = Array.from({ length: keys }, (_, at) => `k${at}: 1\n`).join('');
      const before = threadCpuUsage();
      parseYaml(text);
      const after = threadCpuUsage();
      return after.user + after.system - before.user - before.system;
    };
    const least = (keys: number) => Math.min(...Array.from({ length: 3 }, () => cost(keys)));
    // Comparing each key with all before it would take 64 times as long or more; a busy machine makes one run slow.
    expect(least(40_000) / Math.max(least(5_000), 1)).toBeLessThan(40);
  });

  it('an alias bomb and endless nesting are refused quickly', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
      .split('')
      .map((key, i) => `${key}: &${key} [${Array(9).fill(`*${'abcdefghi'[i]}`).join(',')}]`)
      .join('\n')}\n`;
    expect(problem('charter', bomb).message).toMatch(/unfolds without end/);
    expect(problem('charter', `owners: ${'['.repeat(200_000)}`)).toBeInstanceOf(ImportProblem);
    expect(problem('charter', 'owners: *nobody\n').message).toMatch(/“\*nobody” refers to nothing/);
  });
});

describe('which document it is', () => {
  it.each([
    ['name: A\ndomains: [a.org]\nclaudePlan: team\n', 'x.yaml', 'profile'],
    ['owners: [a@b.org]\nmaxOwners: 2\n', 'x.yaml', 'charter'],
    ['reviews: []\nfirstInvitation: 2026-01-01\n', 'x.yaml', 'journal'],
    ['attestations: []\n', 'x.yaml', 'attestations'],
    ['reviews: []\nfirstInvitation: 2026-01-01\n', 'charter.yaml', 'journal'],
    ['ownerz: [a@b.org]\n', 'our charter.yml', 'charter'],
    ['# nothing\n', 'Journal 2026.yaml', 'journal'],
    ['# Bylaw charter: as approved\n', 'x.yaml', 'charter'],
    ['# nothing\n', 'x.yaml', null],
    ['services: {web: {image: x}}\nvolumes: {}\n', 'compose.yaml', null],
    ['color: red\n', 'charter.yaml', null],
  ])('%j named %s', (text, name, kind) => {
    expect(recognizeDocument(yaml(text), name)).toBe(kind);
  });

  it('JSON of other programs is none', () => {
    const json = (value: unknown): Content => ({ form: 'json', value, text: JSON.stringify(value) });
    expect(
      recognizeDocument(json({ name: 'x', version: '1.0.0', scripts: {}, license: 'MIT' }), 'package.json'),
    ).toBeNull();
    expect(recognizeDocument(json({ data: [], has_more: false }), 'x.json')).toBeNull();
    expect(recognizeDocument(json({ connectors: [] }), 'x.json')).toBeNull();
    expect(recognizeDocument(json({ name: 'A', domains: ['a.org'], claudePlan: 'team' }), 'x.json')).toBe(
      'profile',
    );
  });
});

it('reads a journal that is written with British words', () => {
  const text = [
    'announcements:',
    '  - { on: 2026-09-12, by: Mara, about: organisation_accounts, recipients: 61 }',
    'tenantRestrictionProbe: { on: 2026-11-01, by: Dana, foreignOrganisation: refused, ownOrganisation: allowed }',
    'incidents: [{ id: I-1, type: unauthorised_access, opened: 2026-10-01, note: The organisation knew }]',
  ].join('\n');
  expect(read('journal', text)).toMatchObject({
    journal: {
      value: {
        announcements: [{ about: 'organization_accounts' }],
        tenantRestrictionProbe: { foreignOrganization: 'refused', ownOrganization: 'allowed' },
        incidents: [{ type: 'unauthorized_access', note: 'The organisation knew' }],
      },
    },
  });
});
