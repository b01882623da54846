import { z } from 'zod';
import type { Operation } from './operation.ts';

/** The subset of JSON Schema that inputs use. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly description?: string;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly propertyNames?: JsonSchema;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly maxProperties?: number;
}

/** A top-level property of an operation's input, as commands and the reference page name it. */
export interface InputField {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly required: boolean;
  /** The type in words: text, number, yes or no, one of a | b, list of text, JSON. */
  readonly type: string;
  readonly description: string;
}

/** The input of an operation as JSON Schema; an empty object if it has none. */
export function inputSchema(operation: Operation): JsonSchema & { readonly type: 'object' } {
  const input = operation.procedure['~orpc'].inputSchema;
  if (!(input instanceof z.ZodType)) return { type: 'object' };
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  return { ...schema, type: 'object' };
}

export function inputFields(operation: Operation): readonly InputField[] {
  const schema = inputSchema(operation);
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    schema: property,
    required: schema.required?.includes(name) ?? false,
    type: inWords(property),
    description: property.description ?? '',
  }));
}

/** JSON type of a schema. Of a nullable schema, the type of its other alternative; `object` if unknown. */
export function jsonType(schema: JsonSchema): string {
  if (typeof schema.type === 'string') return schema.type;
  const choices = (schema.anyOf ?? []).map(jsonType).filter((type) => type !== 'null');
  return choices[0] ?? (schema.enum ? 'string' : 'object');
}

function inWords(schema: JsonSchema): string {
  const values = schema.enum ?? schema.anyOf?.find((one) => one.enum)?.enum;
  if (values) return `one of ${values.map(String).join(' | ')}`;
  switch (jsonType(schema)) {
    case 'string':
      return 'text';
    case 'number':
    case 'integer':
      return 'number';
    case 'boolean':
      return 'yes or no';
    case 'array':
      return `list of ${schema.items ? inWords(schema.items) : 'anything'}`;
    default:
      return 'JSON';
  }
}
