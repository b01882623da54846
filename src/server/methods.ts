import { operations } from '#features/operations.ts';

interface Place {
  readonly pattern: RegExp;
  readonly methods: readonly string[];
}

let places: readonly Place[] | null = null;

/** The methods that an address below /api/v1 takes, for `Allow`; empty: there is no such address. */
export function methodsAt(path: string): readonly string[] {
  places ??= operations().map(({ method, route, meta }) => ({
    pattern: patternOf(route),
    // A stream has no end that its headers could tell of.
    methods: method === 'GET' && meta.transport !== 'stream' ? ['GET', 'HEAD'] : [method],
  }));
  const methods = places.flatMap(({ pattern, methods: these }) => (pattern.test(path) ? these : []));
  return methods.length === 0 ? [] : [...new Set([...methods, 'OPTIONS'])];
}

/** `/clients/{client}/files/{+name}` as an expression; a name with `+` may hold slashes. */
function patternOf(route: string): RegExp {
  const parts = route.split(/(\{\+?[^}]+\})/u).map((part) => {
    if (part.startsWith('{+')) return '.+';
    return part.startsWith('{') ? '[^/]+' : part.replace(/[.*+?^$()|[\]\\]/gu, '\\$&');
  });
  return new RegExp(`^${parts.join('')}/?$`, 'u');
}
