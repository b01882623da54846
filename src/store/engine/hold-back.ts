import { setFlagsFromString } from 'node:v8';

/** The part of WebAssembly used here; Node's types lack it. */
interface Memory {
  readonly buffer: ArrayBuffer;
}
interface Instance {
  readonly exports: Readonly<Record<string, unknown>>;
}
interface Api {
  readonly Module: { imports(program: unknown): readonly { module: string; name: string; kind: string }[] };
  readonly Instance: new (program: unknown, imports: unknown) => Instance;
  readonly Memory: new (pages: { initial: number; maximum: number }) => Memory;
}

const PAGE_BYTES = 65_536;
const api = (globalThis as unknown as { readonly WebAssembly: Api }).WebAssembly;

/**
 * Makes V8 compile PostgreSQL's parser only with the fast baseline compiler: it is a single function, so large that
 * optimizing it takes 600 MB, which would otherwise happen in the first seconds of every start. All other functions
 * are optimized once they are hot.
 * V8 adds the counter that triggers optimization to a function when it is first called, unless a flag disables it. So
 * the parser is called here with that flag, in a temporary instance: instances of one module share its code. Without
 * any setup the call fails immediately, which is sufficient. `program` is the module that was created with `imports`.
 * Call this before any of it has run.
 */
export function holdBackParser(program: unknown, imports: unknown): void {
  if (!isNested(imports)) return;
  const real = imports.env?.memory;
  if (!isMemory(real)) return;
  const pages = real.buffer.byteLength / PAGE_BYTES;
  const mine: Record<string, Record<string, unknown>> = {};
  for (const { module, name, kind } of api.Module.imports(program)) {
    mine[module] ??= {};
    mine[module][name] =
      kind === 'function'
        ? fail
        : kind === 'memory'
          ? new api.Memory({ initial: pages, maximum: pages })
          : imports[module]?.[name];
  }
  const { raw_parser: parse } = new api.Instance(program, mine).exports;
  if (typeof parse !== 'function') return;
  // V8 discards baseline code when memory is reclaimed, and would compile it again with the counter.
  setFlagsFromString('--no-flush-liftoff-code');
  setFlagsFromString('--wasm-tier-up-filter=0');
  try {
    parse(0, 0);
  } catch {
    // Expected: there is nothing to parse, and no memory for it.
  } finally {
    setFlagsFromString('--wasm-tier-up-filter=-1');
  }
}

function fail(): never {
  throw new Error('Nothing is called from here.');
}

function isNested(value: unknown): value is Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  return typeof value === 'object' && value !== null;
}

function isMemory(value: unknown): value is Memory {
  return (
    typeof value === 'object' && value !== null && 'buffer' in value && value.buffer instanceof ArrayBuffer
  );
}
