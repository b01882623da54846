import { type Command, InvalidArgumentError, Option } from 'commander';
import { type InputField, inputFields, type JsonSchema, jsonType } from '#features/operation-fields.ts';
import { type Operation, operations } from '#features/operations.ts';
import type { Terminal } from '../terminal.ts';
import { print } from './print.ts';
import { type Call, request } from './request.ts';
import { currentSession } from './session.ts';

/** Adds one command per operation that names one. What stands in the address is an argument, all else an option. */
export function addRemoteCommands(program: Command, terminal: Terminal): void {
  for (const operation of operations()) {
    if (operation.meta.cli !== null) addCommand(program, operation, operation.meta.cli.split(' '), terminal);
  }
}

function addCommand(
  program: Command,
  operation: Operation,
  words: readonly string[],
  terminal: Terminal,
): void {
  const parent = words.slice(0, -1).reduce<Command>((group, word) => {
    const found = group.commands.find((command) => command.name() === word);
    return found ?? group.command(word).description(`${operation.feature} on a server`);
  }, program);
  const command = parent.command(words.at(-1) ?? '').description(operation.title);
  if (operation.description !== null) command.addHelpText('after', `\n${operation.description}`);
  const fields = inputFields(operation);
  const inPath = [...operation.route.matchAll(/\{\+?([^}]+)\}/g)].map((match) => match[1] ?? '');
  for (const name of inPath) command.argument(`<${kebab(name)}>`, describe(fields, name));
  for (const field of fields.filter(({ name }) => !inPath.includes(name))) command.addOption(option(field));
  if (operation.meta.transport === 'upload') command.requiredOption('--file <path>', 'file to send');
  if (operation.meta.transport === 'download')
    command.option('--out <path>', 'where to write the file; - for the terminal');
  command.option('--json', 'print the answer as JSON');
  command.action(async (...given: unknown[]) => {
    const flags = given[inPath.length] as Record<string, unknown>;
    const input: Record<string, unknown> = {};
    for (const [index, name] of inPath.entries()) input[name] = given[index];
    for (const { name } of fields) if (!inPath.includes(name)) input[name] = flags[camel(name)];
    const call: Call = {
      operation,
      input,
      ...(typeof flags.file === 'string' ? { file: flags.file } : {}),
      ...(typeof flags.out === 'string' ? { out: flags.out } : {}),
    };
    const reply = await request(currentSession(), call);
    if (reply.is === 'file') {
      if (reply.path !== '-') terminal.out(`Written: ${reply.path}`);
    } else if (flags.json === true) terminal.out(JSON.stringify(reply.data, null, 2));
    else print(reply.data, terminal);
  });
}

function describe(fields: readonly InputField[], name: string): string {
  return fields.find((field) => field.name === name)?.schema.description ?? '';
}

function option({ name, schema, required }: InputField): Option {
  const flag = `--${kebab(name)}`;
  const words = schema.description ?? '';
  const type = jsonType(schema);
  const made =
    type === 'boolean'
      ? new Option(flag, words)
      : new Option(`${flag} <${type === 'object' ? 'json' : 'value'}>`, words);
  if (type === 'array' && isPlain(schema.items))
    made.argParser((text: string, list: readonly unknown[] | undefined) => [
      ...(list ?? []),
      convert(text, schema.items ?? {}),
    ]);
  else if (type !== 'boolean') made.argParser((text: string) => convert(text, schema));
  if (required && type !== 'boolean') made.makeOptionMandatory();
  return made;
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
    if (!Number.isFinite(value)) throw new InvalidArgumentError('It is a number.');
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

/** How commander names an option's value: what kebab made, joined again. */
function camel(name: string): string {
  return kebab(name).replace(/-([a-z0-9])/g, (_whole, letter: string) => letter.toUpperCase());
}
