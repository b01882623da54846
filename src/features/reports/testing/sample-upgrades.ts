import type { UpgradesView } from '../../planner/schemas.ts';

type Column = UpgradesView['today'];

const NOTHING: Column['cost'] = {
  known: 'whole',
  usdPerMonth: 0,
  usdPerYear: 0,
  month: '$0',
  year: '$0',
  detail: '',
  lines: [],
  replaced: [],
  unknown: [],
  unpriced: [],
  useOnTop: false,
};

const personalDevice = (coverage: 'partly' | 'policy_only', word: string): Column['risks'] => [
  { risk: 'personal_device', coverage, word, line: '', layers: [] },
];

/** Two upgrades of the association that does not exist: one with a price, one without. */
export function upgrades(): UpgradesView {
  const today: Column = {
    key: 'today',
    label: 'Today',
    name: 'Claude Team, Microsoft 365 Business Premium',
    purchases: [],
    problems: [],
    cost: { ...NOTHING, usdPerMonth: 3092, usdPerYear: 37_104, month: '$3,092', year: '$37,104' },
    count: { enforceable: 70, policy_only: 9, not_licensed: 14, not_applicable: 4, unknown: 0 },
    gains: [],
    risks: personalDevice('policy_only', 'Policy only'),
    goals: [],
    cheapest: false,
  };
  const defender = 'Microsoft Defender Suite for Business Premium';
  return {
    seats: 70,
    staff: 61,
    today,
    upgrades: [
      {
        ...today,
        key: 'add_on:defender_suite_business_premium',
        label: defender,
        name: defender,
        purchases: [{ id: 'add_on:defender_suite_business_premium', name: defender }],
        cost: {
          ...NOTHING,
          usdPerMonth: 610,
          usdPerYear: 7320,
          month: '$610',
          year: '$7,320',
          detail: '61 staff × $10',
        },
        count: { ...today.count, enforceable: 71, not_licensed: 13 },
        gains: [
          { control: 'CLA-M365-11', title: 'Uploads to Claude are checked', because: 'Part of the suite.' },
        ],
        risks: personalDevice('partly', 'In part'),
        better: [
          {
            risk: 'personal_device',
            title: 'A member of staff pastes member data into a personal account on a personal device',
            from: 'Policy only',
            to: 'In part',
          },
        ],
      },
      {
        ...today,
        key: 'claude:enterprise',
        label: 'Claude Enterprise',
        name: 'Claude Enterprise',
        purchases: [{ id: 'claude:enterprise', name: 'Claude Enterprise' }],
        cost: {
          ...NOTHING,
          known: 'not_known',
          usdPerMonth: null,
          usdPerYear: null,
          month: 'Not known',
          year: 'Not known',
          unknown: ['No price of Claude Enterprise is known. Enter the quote that you were given.'],
          unpriced: [{ id: 'claude:enterprise', name: 'Claude Enterprise' }],
          useOnTop: true,
        },
        count: { ...today.count, enforceable: 72, not_licensed: 12 },
        gains: [
          {
            control: 'CLA-ACC-15',
            title: 'Directory sync removes leavers',
            because: 'Part of Claude Enterprise.',
          },
          { control: 'CLA-VIS-05', title: 'The audit log is kept', because: 'Part of Claude Enterprise.' },
        ],
        better: [],
      },
    ],
    noEffect: [{ id: 'siem', name: 'Microsoft Sentinel or another SIEM' }],
    prices: [
      'Microsoft Defender Suite for Business Premium: $10 per person per month. List price of Aug 1, 2026.',
    ],
  };
}
