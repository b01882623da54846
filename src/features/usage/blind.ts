import type { ActivitySource } from '#domain/activity/activity.ts';

/** What no source of a client can tell, said where the figure would have stood. */
export interface Blind {
  readonly about: 'messages' | 'people' | 'connectors' | 'models' | 'cost';
  readonly words: string;
}

/**
 * What the plan and the sources that have sent anything leave in the dark. Which source gives what is as of August 2026:
 * telemetry covers Cowork and Claude Code (and the Office add-ins on Enterprise), and none covers plain chat; the
 * Compliance API is offered on Enterprise only.
 */
export function blindSpots(plan: string, sources: ReadonlySet<string>): Blind[] {
  const has = (source: ActivitySource) => sources.has(source);
  const blind: Blind[] = [];
  if (plan !== 'enterprise') {
    blind.push({
      about: 'messages',
      words:
        'Messages in chat are not in here: the Team plan gives no record of them to other systems. Claude’s own analytics page counts them; an Owner can export the spend report, which covers use above the seats only.',
    });
    blind.push({
      about: 'connectors',
      words:
        'Calls made in chat are not in here: on the Team plan only Cowork and Claude Code tell of each call. Enterprise can read them from chat records.',
    });
  } else if (!has('compliance_feed') && !has('sessions')) {
    blind.push({
      about: 'messages',
      words: 'Messages in chat are not in here: the Compliance API, which tells of them, is not connected.',
    });
    blind.push({
      about: 'connectors',
      words: 'Calls made in chat are not in here: session and chat records are not connected.',
    });
  } else if (!has('sessions')) {
    blind.push({
      about: 'connectors',
      words:
        'The activity feed has no event for a call of a connector. Calls are counted from telemetry, and from session and chat records once they are connected.',
    });
  }
  if (!has('otlp')) {
    blind.push({
      about: 'models',
      words: 'Which model worked, and on how many tokens, is told by telemetry, which is not connected.',
    });
    blind.push({
      about: 'cost',
      words: 'The cost of each request is told by telemetry, which is not connected.',
    });
  } else {
    blind.push({
      about: 'cost',
      words:
        'This is what clients estimate as they work, at list prices. The invoice counts: seats are paid apart, and plain chat is not in here.',
    });
  }
  return blind;
}
