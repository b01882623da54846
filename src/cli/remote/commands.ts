import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { operations } from '#app/operations.ts';
import type { Operation } from '#features/operation.ts';
import { type InputField, inputFields, type JsonSchema, jsonType } from '#features/operation-fields.ts';
import { safe, type Terminal } from '../terminal.ts';
import { aboutGroup, HERE, SERVER } from './groups.ts';
import { json, print } from './print.ts';
import { type Call, request } from './request.ts';
import { currentSession } from './session.ts';

/** Represents an option given as "null": the library uses null for an option without a value. */
const NONE = Symbol('null');

/**
 * Adds one command per operation that has one. Path parameters are arguments, everything else options. If `words`
 * start with a group's name, only that group is added, because defining all takes as long as running one.
 */
export function addRemoteCommands(program: Command, terminal: Terminal, words: readonly string[]): void {
  const all = operations().flatMap((operation) =>
    operation.meta.cli === null ? [] : [{ operation, words: operation.meta.cli.split(' ') }],
  );
  const named = all.filter((one) => one.words[0] === words[0]);
  for (const one of named.length > 0 ? named : all) addCommand(program, one.operation, one.words, terminal);
  // Groups that contain both kinds of commands have the same headings as the main help.
  for (const group of program.commands) {
    const headings = new Set(group.commands.map((one) => one.helpGroup()));
    if (headings.size < 2) for (const one of group.commands) one.helpGroup('');
    else for (const one of group.commands) if (one.helpGroup() === '') one.helpGroup(HERE);
  }
}

function addCommand(
  program: Command,
  operation: Operation,
  words: readonly string[],
  terminal: Terminal,
): void {
  const parent = words.slice(0, -1).reduce<Command>((group, word, at) => {
    const found = group.commands.find((command) => command.name() === word);
    return (
      found ??
      group
        .command(word)
        .description(aboutGroup(words.slice(0, at + 1).join(' ')))
        .helpGroup(SERVER)
    );
  }, program);
  const command = parent
    .command(words.at(-1) ?? '')
    .description(operation.title)
    .helpGroup(SERVER);
  if (operation.description !== null) command.addHelpText('after', `\n${operation.description}`);
  const fields = inputFields(operation);
  const inPath = [...operation.route.matchAll(/\{\+?([^}]+)\}/g)].map((match) => match[1] ?? '');
  for (const name of inPath) command.argument(`<${kebab(name)}>`, describe(fields, name));
  const upload = operation.meta.transport === 'upload';
  for (const field of fields.filter(({ name }) => !inPath.includes(name)))
    for (const one of optionsOf(upload ? asFileSays(field) : field)) command.addOption(one);
  if (upload) command.requiredOption('--file <path>', 'file to send; needed');
  if (operation.meta.transport === 'download')
    command.option('--out <path>', 'where to write the file; - for the terminal');
  command.option('--json', 'print the answer as JSON');
  command.action(async (...given: unknown[]) => {
    const flags = given[inPath.length] as Record<string, unknown>;
    const input: Record<string, unknown> = {};
    for (const [index, name] of inPath.entries()) input[name] = given[index];
    for (const { name } of fields.filter((field) => !inPath.includes(field.name))) {
      const value = flags[camel(name)];
      input[name] = value === NONE ? null : value;
    }
    const call: Call = {
      operation,
      input:
        typeof flags.file === 'string' ? { ...ofFile(flags.file, fields), ...definedFields(input) } : input,
      ...(typeof flags.file === 'string' ? { file: flags.file } : {}),
      ...(typeof flags.out === 'string' ? { out: flags.out } : {}),
    };
    const reply = await request(currentSession(), call);
    if (reply.is === 'file') {
      if (reply.path !== '-') terminal.out(`Written: ${safe(reply.path)}`);
    } else if (flags.json === true) terminal.out(json(reply.data));
    else print(reply.data, terminal);
  });
}

/** Fields of an upload that default to properties of the file. */
function asFileSays(field: InputField): InputField {
  if (field.name === 'name') return { ...field, required: false };
  return field;
}

/** Name and modification time of the file: its content cannot be from a later day. */
function ofFile(path: string, fields: readonly InputField[]): Record<string, unknown> {
  const known = new Set(fields.map(({ name }) => name));
  const saved = statSync(path, { throwIfNoEntry: false })?.mtime;
  return {
    ...(known.has('name') ? { name: basename(path) } : {}),
    ...(known.has('modified') && saved !== undefined ? { modified: saved.toISOString() } : {}),
  };
}

function definedFields(input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}

function describe(fields: readonly InputField[], name: string): string {
  return fields.find((field) => field.name === name)?.schema.description ?? '';
}

/** Defines the option of a field; a boolean gets one for each value, so that "not given" remains distinct. */
function optionsOf({ name, schema: given, required }: InputField): Option[] {
  const flag = `--${kebab(name)}`;
  const { schema, nullable } = withoutNull(given);
  const type = jsonType(schema);
  const plainList = type === 'array' && isPlain(schema.items);
  const words = [
    given.description,
    choices(schema),
    plainList ? 'may be given several times' : '',
    nullable ? '“null” for none' : '',
    required ? 'needed' : '',
  ]
    .filter(Boolean)
    .join('; ');
  if (type === 'boolean')
    return [new Option(flag, words), new Option(`--no-${kebab(name)}`, 'the same, answered with no')];
  const asJson = type === 'object' || (type === 'array' && !plainList);
  const made = new Option(`${flag} <${asJson ? 'json' : 'value'}>`, words);
  made.argParser((text: string, before: unknown) => {
    if (nullable && text === 'null') return NONE;
    return plainList
      ? [...(Array.isArray(before) ? before : []), convert(text, schema.items ?? {})]
      : convert(text, schema);
  });
  if (required) made.makeOptionMandatory();
  return [made];
}

/** The schema of a non-null value, and whether null is allowed. */
function withoutNull(schema: JsonSchema): { schema: JsonSchema; nullable: boolean } {
  const others = schema.anyOf?.filter(({ type }) => type !== 'null') ?? [];
  const [only] = others;
  return others.length === 1 && only !== undefined && others.length !== schema.anyOf?.length
    ? { schema: only, nullable: true }
    : { schema, nullable: false };
}

function choices(schema: JsonSchema): string {
  const values = schema.enum ?? schema.items?.enum;
  return values === undefined ? '' : `one of ${values.map(String).join(', ')}`;
}

function isPlain(schema: JsonSchema | undefined): boolean {
  return schema !== undefined && ['string', 'number', 'integer'].includes(jsonType(schema));
}

function convert(text: string, schema: JsonSchema): unknown {
  const type = jsonType(schema);
  if (schema.enum && !schema.enum.map(String).includes(text))
    throw new InvalidArgumentError(`It is one of ${schema.enum.map(String).join(', ')}.`);
  if (type === 'number' || type === 'integer') {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It is a number.');
    return value;
  }
  if (type === 'object' || type === 'array') {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      throw new InvalidArgumentError('It is JSON text.');
    }
  }
  return text;
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Commander's name for an option's value: camel case of the kebab-case option. */
function camel(name: string): string {
  return kebab(name).replace(/-([a-z0-9])/g, (_whole, letter: string) => letter.toUpperCase());
}
