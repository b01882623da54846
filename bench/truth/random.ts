import { type Dice, dice } from './chance.ts';
import { BUSINESS_PREMIUM, makeCase, type Person, profile, staff } from './client.ts';
import { charter, entraGroups, entraUsers, journal } from './documents.ts';
import { applications, locations, sku } from './microsoft.ts';
import type { TruthCase } from './model.ts';
import { conditionalAccess, connectors, personalAccounts, use } from './random-claude.ts';
import { acknowledgements, persons } from './random-people.ts';
import { graph } from './text.ts';

const AREA = 'random';

/** Randomly generated clients of any size, each with what is true of it. */
export function randomCases(seed: number, count: number): TruthCase[] {
  return Array.from({ length: count }, (_, n) => randomCase(seed, n));
}

function randomCase(seed: number, n: number): TruthCase {
  const chance = dice(seed * 7919 + n);
  const size = chance.pick([8, 12, 20, 35, 60, 120, 400]);
  const people = staff(size);
  const plan = chance.pick(['team', 'enterprise'] as const);
  const common = {
    'charter.yaml': charter(people),
    'journal.yaml': journal(people),
    'users.json': entraUsers(people),
    'groups.json': entraGroups([half(people)]),
    'locations.json': locations(),
    'apps.json': applications(),
    'skus.json': licenses(chance),
  };
  const parts = [
    persons(chance, people),
    acknowledgements(chance, people),
    connectors(chance),
    conditionalAccess(chance, people),
    personalAccounts(chance, people),
    use(chance, people),
  ];
  const files: Record<string, string | Uint8Array> = Object.assign(
    {},
    common,
    ...parts.map((part) => part.files),
  );
  // Someone saved the same file twice; it counts as one file.
  const twice = chance.pick(Object.keys(files).filter((name) => !name.endsWith('.yaml')));
  const dot = twice.lastIndexOf('.');
  const copy = files[twice];
  if (copy !== undefined && chance.chance(0.5)) files[`${twice.slice(0, dot)} (1)${twice.slice(dot)}`] = copy;
  return makeCase(
    AREA,
    `${seed}-${n}`,
    files,
    parts.flatMap((part) => part.statements),
    { profile: profile({ claudePlan: plan, claudeSeats: size + 5, staffCount: size }) },
  );
}

function half(people: readonly Person[]): object {
  return {
    id: '5ea5e100-0000-4000-8000-000000009002',
    displayName: 'Half of staff',
    members: people
      .slice(Math.floor(people.length / 2))
      .map(({ id, email }) => ({ '@odata.type': '#microsoft.graph.user', id, userPrincipalName: email })),
  };
}

function licenses(chance: Dice): string {
  const premium = sku('SPB', BUSINESS_PREMIUM, [
    ['AAD_PREMIUM', '41781fb2-bc02-4b7c-bd55-b576c07bb09d'],
    ['INTUNE_A', 'c1ec4a95-1f05-45b3-a911-aa3fa01094f5'],
  ]);
  const free = sku('FLOW_FREE', 'f30db892-07e9-47e9-837c-80727f46fd3d', [
    ['FLOW_P2_VIRAL', '50e68c76-46c6-4674-81f9-75456511b170'],
  ]);
  return graph('subscribedSkus', chance.chance(0.5) ? [free, premium] : [premium]);
}
