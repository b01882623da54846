import { operations } from '../../src/app/operations.ts';
import type { Operation } from '../../src/features/operation.ts';

/** Generates tables of all operations, one per feature: title, URL, command, permission and proof, audit action. */
export function operationsPage(): string {
  const all = operations();
  const features = Map.groupBy(all, ({ feature }) => feature);
  const sections = [...features].map(([feature, list]) => {
    const rows = list.map(
      (one) =>
        `| ${cell(one.title)} | \`${one.method} ${one.route}\` | ${command(one)} | ${who(one)} | ${record(one)} |`,
    );
    return `## ${feature}\n\n| operation | address | command | needs | on the record as |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}`;
  });
  const tools = all.filter(({ meta }) => meta.mcp).length;
  return `<!-- Generated from the contract (src/app/contract.ts) by "npm run docs". Edit the contract, not this page. -->

# Every operation

${all.length} operations. Each has a route below \`/api/v1\`, an entry in \`/api/openapi.json\` and on \`/api/reference\` of a running Bylaw, which also say what goes in and what comes out. ⌾ marks the ${tools} that Claude may use as a tool ([how](claude.md)); they only read.

"Fresh confirmation" in the column "needs": someone in the browser who confirmed their identity within the last ten minutes, or a token. "Confirmation in person": the same, but never a token.

${[...features.keys()].map((name) => `[${name}](#${anchor(name)})`).join(' · ')}

${sections.join('\n\n')}
`;
}

function command({ meta }: Operation): string {
  if (meta.cli === null) return meta.why === undefined ? 'none' : `none: ${cell(meta.why)}`;
  return `\`bylaw ${meta.cli}\`${meta.mcp ? ' ⌾' : ''}`;
}

const PROOFS = { in_person: ', confirmation in person', fresh: ', fresh confirmation', none: '' } as const;

/** Includes the proof, so that removing it from an operation shows in the diff of the generated page. */
function who({ meta }: Operation): string {
  if (meta.permission === 'public') return 'nothing';
  const permission = meta.permission === 'signed_in' ? 'a sign-in' : `\`${meta.permission}\``;
  return `${permission}${PROOFS[meta.proof ?? 'none']}`;
}

function record({ meta }: Operation): string {
  return meta.audit === null ? '' : `\`${meta.audit}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '/').replaceAll('\n', ' ');
}

function anchor(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-');
}
