import { SINK_KINDS } from '../../src/sinks/registry.ts';
import { withPart } from './marked-part.ts';

/** Generates the table of sink kinds in docs/forwarding.md. */
export function withDestinations(page: string): string {
  const rows = SINK_KINDS.map(({ id, title, documented }) => {
    // The compiler requires it too, but this may run before.
    if (documented === undefined)
      throw new Error(`src/sinks/${id}/${id}.ts: write documented, its row under Destinations`);
    return `| ${title} | ${documented.accepted} | ${documented.bad} | ${documented.notes} |`;
  });
  const head = '| system | an event is accepted when | bad events | notes |\n| --- | --- | --- | --- |';
  return withPart(page, 'destinations', [head, ...rows].join('\n').replaceAll('|  |', '| |'));
}
