import { operations } from '#app/operations.ts';
import { literal } from '#domain/text/literal.ts';
import { inputFields } from '#features/operation-fields.ts';

interface Place {
  readonly pattern: RegExp;
  readonly methods: readonly string[];
  /** Names of what its query takes; null: anything, for it answers what others send here. */
  readonly parameters: readonly string[] | null;
}

let places: ReadonlyMap<string, readonly Place[]> | null = null;

/** The methods that an address below /api/v1 takes, for `Allow`; empty: there is no such address. */
export function methodsAt(path: string): readonly string[] {
  const methods = placesAt(path).flatMap((one) => one.methods);
  return methods.length === 0 ? [] : [...new Set([...methods, 'OPTIONS'])];
}

/** What the query of a reading address may name; null: there is no such address, or it takes anything. */
export function parametersAt(path: string): readonly string[] | null {
  // `controls/replay` is also what `controls/{control}` looks like: what either of them takes is known.
  const found = placesAt(path).filter(({ methods }) => methods.includes('GET'));
  const known = found.map(({ parameters }) => parameters).filter((names) => names !== null);
  return found.length === 0 || known.length < found.length ? null : known.flat();
}

/** Each request asks: so only addresses that begin alike are held against their patterns. */
function placesAt(path: string): readonly Place[] {
  places ??= allPlaces();
  const [, first = '', , third = ''] = path.split('/');
  const beginAlike = new Set([`${first}/${third}`, `${first}/`]);
  return [...beginAlike]
    .flatMap((start) => places?.get(start) ?? [])
    .filter(({ pattern }) => pattern.test(path));
}

/** By their first and third part; without the third where it is missing or a name for anything. */
function allPlaces(): ReadonlyMap<string, readonly Place[]> {
  const all = new Map<string, Place[]>();
  for (const operation of operations()) {
    const { method, route, meta } = operation;
    const [, first = '', , third = ''] = route.split('/');
    const start = `${first}/${third.startsWith('{') ? '' : third}`;
    const place = {
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
    all.set(start, [...(all.get(start) ?? []), place]);
  }
  return all;
}

/** `/clients/{client}/files/{+name}` as an expression; a name with `+` may hold slashes. */
function patternOf(route: string): RegExp {
  const parts = route.split(/(\{\+?[^}]+\})/u).map((part) => {
    if (part.startsWith('{+')) return '.+';
    return part.startsWith('{') ? '[^/]+' : literal(part);
  });
  return new RegExp(`^${parts.join('')}/?$`, 'u');
}
