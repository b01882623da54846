import { type Person, staff } from '../client.ts';
import { journal } from '../documents.ts';
import { is, noPasses, type Statement } from '../model.ts';
import { association, at, outsideCase } from '../outside.ts';
import { yaml } from '../text.ts';

/** Two things of which each by itself is in order, and which say otherwise of one another. */

const DOMAIN = 'larkmoor.example.org';
const { profile, charter, files } = association('Larkmoor Council', DOMAIN, 11);
const people = staff(11, DOMAIN);
const by = at(people, 1).name;

const team = (
  name: string,
  more: Record<string, string>,
  statements: readonly Statement[],
  saved: Record<string, string> = {},
) => outsideCase(name)(files(more), statements, { profile: profile(), saved });

/** What someone looked at and found not to be so. */
const seenOtherwise = (seen: string, controls: string) => ({
  'attestations.yaml': yaml({
    attestations: controls.split(' ').map((id) => ({ control: `CLA-${id}`, holds: false, seen, by })),
  }),
});
const policy = (owner: Person) => ({
  version: 'v3',
  published: '2026-09-12',
  approvedBy: owner.name,
  contact: `help@${DOMAIN}`,
  employmentAgreementClause: '2026-10-01',
});
const DECIDED = {
  ams: {
    name: 'Nimble AMS',
    methods: ['custom_mcp'],
    privateNetwork: true,
    egressAllowlisted: '2026-10-01',
  },
  policy: policy(at(people, 0)),
};
const WRITTEN = {
  'charter.yaml': charter(DECIDED),
  'journal.yaml': journal(people, { defaultConnectorsRemoved: { on: '2026-10-01', by } }),
};
const BY_DOCUMENTS = 'CON-05 CON-24 VIS-15 POL-09';

export const besideEachOther = [
  team(
    'written-down-and-seen-otherwise-since',
    { ...WRITTEN, ...seenOtherwise('2026-11-05', BY_DOCUMENTS) },
    noPasses('whoever looked since then saw that it is not so', BY_DOCUMENTS),
  ),
  team(
    'seen-otherwise-and-mended-since',
    { ...WRITTEN, ...seenOtherwise('2026-09-20', 'CON-05 CON-24 POL-09') },
    'CON-05 CON-24 POL-09'.split(' ').map((id) => is(id, 'pass', 'it was done after that')),
  ),
];
