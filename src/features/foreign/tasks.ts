import type { DevicePlan } from '#domain/devices/plan.ts';
import type { Charter } from '#domain/model/charter.ts';
import type { TenantRestriction } from '#domain/model/network.ts';
import type { StampCheck, StampExpected } from '#domain/time-stamps/stamp.ts';
import type { LogoMime } from '#sources/pictures/mime.ts';
import type { ClientTable } from './client-table.ts';
import type { LintedDeviceFile } from './device-file.ts';
import type { CheckedConfig } from './network-config.ts';

/** The text of a baseline, parsed; `spelt` as pairs. */
export interface BaselineText {
  readonly value: unknown;
  readonly lines: Readonly<Record<string, number>>;
  readonly columns: Readonly<Record<string, number>>;
  readonly spelt: readonly (readonly [string, string])[];
}

/** A kind of foreign input, with its reader and limits. */
export interface ForeignTask<Input, Output> {
  /** Time limit in milliseconds, not counting the loading of libraries. */
  readonly maxMs: number;
  /** Loads the reader. Called in the thread only, because parsers are large and rarely needed. */
  load(): Promise<(input: Input) => Output | Promise<Output>>;
}

/**
 * All input of requests that a parser reads before it was checked. To add a task: a line here; the test beside this
 * file then requires its worst inputs. Imported files have a thread of their own (`features/imports/reader.ts`),
 * because they are large and arrive in pieces.
 */
export const FOREIGN_TASKS = {
  /** A charter as YAML. */
  charter: task<{ readonly text: string }, Charter>(5_000, async () => {
    const { readDocument } = await import('#sources/exports/documents/index.ts');
    return ({ text }) => {
      const read = readDocument(
        'charter',
        { form: 'yaml', value: null, lines: {}, text },
        'charter.yaml',
        '',
      );
      if (read.kind !== 'charter') throw new Error('a charter was read as something else');
      return read.charter.value;
    };
  }),
  /** A charter as the text kept as evidence, read back with the line of each key. */
  charterText: task<
    { readonly charter: Charter; readonly heading: readonly string[] },
    { readonly text: string; readonly value: Charter; readonly lines: Readonly<Record<string, number>> }
  >(10_000, async () => {
    const { charterYaml } = await import('#sources/exports/documents/charter-yaml.ts');
    const { readDocument } = await import('#sources/exports/documents/index.ts');
    const { sameCharter } = await import('#domain/charter/diff.ts');
    return ({ charter, heading }) => {
      const text = charterYaml(charter, heading);
      const read = readDocument(
        'charter',
        { form: 'yaml', value: null, lines: {}, text },
        'charter.yaml',
        '',
      );
      if (read.kind !== 'charter' || !sameCharter(read.charter.value, charter))
        throw new Error('a charter was written that does not read as itself');
      return { text, value: read.charter.value, lines: read.charter.lines };
    };
  }),
  /** A baseline as YAML, with its values, their places and their spelling. Also used for stored baselines. */
  baseline: task<{ readonly text: string }, BaselineText>(5_000, async () => {
    const { parseYaml } = await import('#sources/exports/documents/yaml.ts');
    const { readBaseline } = await import('#sources/exports/documents/baseline.ts');
    return ({ text }) => {
      const yaml = parseYaml(text);
      readBaseline(yaml);
      return { value: yaml.value, lines: yaml.lines, columns: yaml.columns, spelt: [...yaml.spelt] };
    };
  }),
  /** A settings file from a device, compared with the plan for its product. */
  deviceFile: task<
    { readonly name: string; readonly bytes: Uint8Array; readonly plans: readonly DevicePlan[] },
    LintedDeviceFile
  >(5_000, async () => {
    const { lintBytes } = await import('./device-file.ts');
    return ({ name, bytes, plans }) => lintBytes(name, bytes, plans);
  }),
  /** The configuration of a gateway or browser, checked for the header that it has to send. */
  networkConfig: task<
    {
      readonly bytes: Uint8Array;
      readonly restriction: TenantRestriction;
      readonly organizations: readonly string[];
    },
    CheckedConfig
  >(5_000, async () => {
    const { checkConfig } = await import('./network-config.ts');
    return ({ bytes, restriction, organizations }) => checkConfig(bytes, restriction, organizations);
  }),
  /** A table of new clients, as CSV or XLSX. */
  clientTable: task<{ readonly bytes: Uint8Array }, ClientTable>(10_000, async () => {
    const { readClientTable } = await import('./client-table.ts');
    return ({ bytes }) => readClientTable(Buffer.from(bytes));
  }),
  /** A logo for reports: determines the image type. */
  logo: task<{ readonly bytes: Uint8Array }, LogoMime>(5_000, async () => {
    const { checkLogo } = await import('#sources/pictures/logo.ts');
    return ({ bytes }) => checkLogo(Buffer.from(bytes));
  }),
  /** A response of a time-stamp authority. */
  timeStamp: task<{ readonly answer: Uint8Array; readonly expected: StampExpected }, StampCheck>(
    5_000,
    async () => {
      const { checkStamp } = await import('./time-stamp.ts');
      return ({ answer, expected }) => checkStamp(answer, expected);
    },
  ),
  /** Certificates as PEM: whether all can be read. */
  certificates: task<{ readonly pem: string }, boolean>(5_000, async () => {
    const { canReadCertificates } = await import('./time-stamp.ts');
    return ({ pem }) => canReadCertificates(pem);
  }),
};

export type ForeignTaskName = keyof typeof FOREIGN_TASKS;
type Run<N extends ForeignTaskName> = Awaited<ReturnType<(typeof FOREIGN_TASKS)[N]['load']>>;
export type ForeignInput<N extends ForeignTaskName> = Parameters<Run<N>>[0];
export type ForeignOutput<N extends ForeignTaskName> = Awaited<ReturnType<Run<N>>>;

function task<Input, Output>(
  maxMs: number,
  load: ForeignTask<Input, Output>['load'],
): ForeignTask<Input, Output> {
  return { maxMs, load };
}
