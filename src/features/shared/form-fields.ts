import { z } from 'zod';
import { type JsonSchema, jsonType } from '../operation-fields.ts';

/** A form field described as data, rendered by the console and prompted for by the command line. */
export const fieldSchema = z.object({
  name: z.string(),
  label: z.string(),
  help: z.string().nullable().describe('What to enter; null: the label says it'),
  type: z.enum(['text', 'number', 'yes_no', 'choice']),
  required: z.boolean(),
  secret: z.boolean().describe('Whether the value is sealed and never shown again'),
  lines: z.boolean(),
  placeholder: z.string().nullable().describe('Example; null: none'),
  choices: z.array(z.object({ value: z.string(), words: z.string() })),
  usual: z
    .union([z.string(), z.number(), z.boolean()])
    .nullable()
    .describe('Value if nothing is entered; null: none'),
});

/** Labels of the field. */
export interface FieldWords {
  readonly label: string;
  readonly help?: string;
  readonly secret?: boolean;
  readonly placeholder?: string;
  readonly lines?: boolean;
  /** For a choice: the label of each value. */
  readonly choices?: Readonly<Record<string, string>>;
}

type Property = JsonSchema & { readonly default?: unknown };

/** A form, defined by the schema of its values and the labels of its fields. */
export function formFields(
  entered: z.ZodObject,
  words: Readonly<Record<string, FieldWords>>,
): z.infer<typeof fieldSchema>[] {
  const schema = z.toJSONSchema(entered, { io: 'input', unrepresentable: 'any' }) as JsonSchema & {
    readonly properties?: Readonly<Record<string, Property>>;
  };
  return Object.entries(words).map(([name, field]) => {
    const property = schema.properties?.[name] ?? {};
    const choices = Object.entries(field.choices ?? {}).map(([value, said]) => ({ value, words: said }));
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

function typeOf(property: Property): 'text' | 'number' | 'yes_no' {
  const type = jsonType(property);
  if (type === 'boolean') return 'yes_no';
  return type === 'integer' || type === 'number' || typeof property.default === 'number' ? 'number' : 'text';
}

function usualOf(value: unknown): string | number | boolean | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
