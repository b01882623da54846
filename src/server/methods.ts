import { operations } from '#app/operations.ts';
import { inputFields } from '#features/operation-fields.ts';

interface Place {
  readonly pattern: RegExp;
  readonly methods: readonly string[];
  /** Names of what its query takes; null: anything, for it answers what others send here. */
  readonly parameters: readonly string[] | null;
}

let places: readonly Place[] | null = null;

/** The methods that an address below /api/v1 takes, for `Allow`; empty: there is no such address. */
export function methodsAt(path: string): readonly string[] {
  const methods = allPlaces().flatMap(({ pattern, methods: these }) => (pattern.test(path) ? these : []));
  return methods.length === 0 ? [] : [...new Set([...methods, 'OPTIONS'])];
}

/** What the query of a reading address may name; null: there is no such address, or it takes anything. */
export function parametersAt(path: string): readonly string[] | null {
  // `controls/replay` is also what `controls/{control}` looks like: what either of them takes is known.
  const found = allPlaces().filter(({ pattern, methods }) => methods.includes('GET') && pattern.test(path));
  const known = found.map(({ parameters }) => parameters).filter((names) => names !== null);
  return found.length === 0 || known.length < found.length ? null : known.flat();
}

function allPlaces(): readonly Place[] {
  places ??= operations().map((operation) => {
    const { method, route, meta } = operation;
    return {
      pattern: patternOf(route),
      // A stream has no end that its headers could tell of.
      methods: method === 'GET' && meta.transport !== 'stream' ? ['GET', 'HEAD'] : [method],
      parameters:
        meta.permission === 'public'
          ? null
          : inputFields(operation)
              .map(({ name }) => name)
              .filter((name) => !route.includes(`{${name}}`) && !route.includes(`{+${name}}`)),
    };
  });
  return places;
}

/** `/clients/{client}/files/{+name}` as an expression; a name with `+` may hold slashes. */
function patternOf(route: string): RegExp {
  const parts = route.split(/(\{\+?[^}]+\})/u).map((part) => {
    if (part.startsWith('{+')) return '.+';
    return part.startsWith('{') ? '[^/]+' : part.replace(/[.*+?^$()|[\]\\]/gu, '\\$&');
  });
  return new RegExp(`^${parts.join('')}/?$`, 'u');
}
