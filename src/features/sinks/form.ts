import { z } from 'zod';
import type { AnySinkKind } from '#sinks/registry.ts';
import { type JsonSchema, jsonType } from '../operation-fields.ts';
import type { fieldSchema, kindSchema } from './schemas.ts';

/** A kind with its form, made of its schema and the words of its fields. */
export function formOf(kind: AnySinkKind): z.infer<typeof kindSchema> {
  const { id, title, about, promise, steps, template } = kind;
  return {
    id,
    title,
    about,
    promise,
    steps: [...steps],
    template: template?.label ?? null,
    fields: fieldsOf(kind),
  };
}

function fieldsOf(kind: AnySinkKind): z.infer<typeof fieldSchema>[] {
  const schema = z.toJSONSchema(kind.settings, { io: 'input', unrepresentable: 'any' }) as JsonSchema & {
    readonly properties?: Readonly<Record<string, JsonSchema & { readonly default?: unknown }>>;
  };
  return Object.entries(kind.fields).map(([name, field]) => {
    const property = schema.properties?.[name] ?? {};
    const choices = Object.entries(field.choices ?? {}).map(([value, words]) => ({ value, words }));
    return {
      name,
      label: field.label,
      help: field.help ?? null,
      type: choices.length > 0 ? 'choice' : typeOf(property),
      required: schema.required?.includes(name) ?? false,
      secret: field.secret ?? false,
      lines: field.lines ?? false,
      placeholder: field.placeholder ?? null,
      choices,
      usual: usualOf(property.default),
    };
  });
}

function typeOf(property: JsonSchema & { readonly default?: unknown }): 'text' | 'number' | 'yes_no' {
  const type = jsonType(property);
  if (type === 'boolean') return 'yes_no';
  return type === 'integer' || type === 'number' || typeof property.default === 'number' ? 'number' : 'text';
}

function usualOf(value: unknown): string | number | boolean | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
