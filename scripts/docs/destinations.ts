import { SINK_KINDS } from '../../src/sinks/registry.ts';
import { withPart } from './marked-part.ts';

/** docs/forwarding.md with a row for each kind of sink. */
export function withDestinations(page: string): string {
  const rows = SINK_KINDS.map(
    ({ title, documented: { accepted, bad, notes } }) => `| ${title} | ${accepted} | ${bad} | ${notes} |`,
  );
  const head = '| system | an event is accepted when | bad events | notes |\n| --- | --- | --- | --- |';
  return withPart(page, 'destinations', [head, ...rows].join('\n').replaceAll('|  |', '| |'));
}
