import { operations } from '#app/operations.ts';
import { literal } from '#domain/text/literal.ts';
import { inputFields } from '#features/operation-fields.ts';

interface Place {
  readonly pattern: RegExp;
  readonly methods: readonly string[];
  /** Names of the query parameters that it accepts; null: any, because other programs define them. */
  readonly parameters: readonly string[] | null;
}

let places: ReadonlyMap<string, readonly Place[]> | null = null;

/** Methods allowed at a path below /api/v1, for the `Allow` header; empty: there is no such path. */
export function methodsAt(path: string): readonly string[] {
  const methods = placesAt(path).flatMap((one) => one.methods);
  return methods.length === 0 ? [] : [...new Set([...methods, 'OPTIONS'])];
}

/** Query parameters that a GET path accepts; null: there is no such path, or it accepts any. */
export function parametersAt(path: string): readonly string[] | null {
  // `controls/replay` also matches `controls/{control}`: accept the parameters of both.
  const found = placesAt(path).filter(({ methods }) => methods.includes('GET'));
  const known = found.map(({ parameters }) => parameters).filter((names) => names !== null);
  return found.length === 0 || known.length < found.length ? null : known.flat();
}

/** Called for every request, so only routes with the same prefix are matched against their patterns. */
function placesAt(path: string): readonly Place[] {
  places ??= allPlaces();
  const [, first = '', , third = ''] = path.split('/');
  const beginAlike = new Set([`${first}/${third}`, `${first}/`]);
  return [...beginAlike]
    .flatMap((start) => places?.get(start) ?? [])
    .filter(({ pattern }) => pattern.test(path));
}

/** Index by the first and third segment of the path; the third is left out if it is missing or a parameter. */
function allPlaces(): ReadonlyMap<string, readonly Place[]> {
  const all = new Map<string, Place[]>();
  for (const operation of operations()) {
    const { method, route, meta } = operation;
    const [, first = '', , third = ''] = route.split('/');
    const start = `${first}/${third.startsWith('{') ? '' : third}`;
    const place = {
      pattern: patternOf(route),
      // A stream has no HEAD: it never ends, so headers could say nothing about it.
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

/** Compiles `/clients/{client}/files/{+name}` to a regular expression; a parameter with `+` may contain slashes. */
function patternOf(route: string): RegExp {
  const parts = route.split(/(\{\+?[^}]+\})/u).map((part) => {
    if (part.startsWith('{+')) return '.+';
    return part.startsWith('{') ? '[^/]+' : literal(part);
  });
  return new RegExp(`^${parts.join('')}/?$`, 'u');
}
