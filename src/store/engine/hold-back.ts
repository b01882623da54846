import { setFlagsFromString } from 'node:v8';

/** What is used of WebAssembly here; Node's types leave it out. */
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
 * Has PostgreSQL's parser compiled once only, quickly, and never again for speed: it is one function so large that V8
 * takes 600 MB to compile it for speed, which it would do in the first seconds of every start. All other functions are
 * compiled for speed where they are in use much.
 *
 * V8 writes the counter that leads to the second compilation into a function when it is called first, and leaves it out
 * where a flag says so. So the parser is called here, in an instance that is thrown away: instances of one program share
 * its code. Without anything set up the call fails at once, which is as good.
 *
 * `program` is the module that was made with `imports`. To be called before any of it has run.
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
  // V8 throws quickly compiled code away when memory is given back, and would compile it again with the counter.
  setFlagsFromString('--no-flush-liftoff-code');
  setFlagsFromString('--wasm-tier-up-filter=0');
  try {
    parse(0, 0);
  } catch {
    // As expected: there is nothing to parse, and no memory to do it in.
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
