/** What a field of this name usually holds, where what is made up from the schema alone would not be taken. */
export const KEY_SAMPLES: Readonly<Record<string, unknown>> = {
  email: 'someone@people.example',
  name: 'A name',
  reason: 'It was decided so.',
  password: 'four wooden lanterns hum',
  domains: ['people.example'],
  timezone: 'Europe/Berlin',
  version: 1,
  profile: {
    domains: ['people.example'],
    claudePlan: 'team',
    m365: 'business_premium',
    timezone: 'Europe/Berlin',
  },
  // Refused before anything is asked: a test reaches no host outside.
  issuer: 'https://[::1]:9',
};

/** Tried one after the other where what was made up for a field is not taken: its schema asks for more than it says. */
export const USUAL: readonly unknown[] = [
  '2026-11-24',
  'people.example',
  'CLA-ACC-01',
  ['CLA-ACC-01'],
  ['people.example'],
];

/** Parts of inputs with which an operation gets further than with what is made up, by its name in the contract. */
export const OPERATION_SAMPLES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'access.client.give': { role: 'hr' },
  'access.grants.give': { role: 'hr' },
  'changes.approve': { plan: '0'.repeat(64) },
  'changes.plan': { target: 'conditional_access', subject: 'mfa' },
  'dlp.prepare.log': {
    file: { name: 'members.csv', bytes: 1, sha256: null },
    columns: [],
    kept: [],
    secrets: [],
    result: { bytes: 1, sha256: null },
  },
  'incidents.open': { type: 'agent_action', title: 'A trial', summary: 'It was decided so.' },
  'journeys.assignMany': { journeys: [{ journey: 'nobody', version: 1 }] },
  'network.enrollDevice': {
    publicKey:
      'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE78L2e2HwzdwBTpWUOrxi/4V4fu2ULw4CEDxVRUGLZ/cdE97xOe0b//aa+OA2X0Cfai66xaDU+HTtskulbeEVng==',
  },
  'shell.views.save': { page: '/c/$client/controls' },
  'shell.views.share': { page: '/c/$client/controls' },
  'shell.views.unshare': { page: '/c/$client/controls' },
};
