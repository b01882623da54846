import type { z } from 'zod';
import type { AnySinkKind } from '#sinks/registry.ts';
import { formFields } from '../shared/form-fields.ts';
import type { kindSchema } from './schemas.ts';

/** A sink kind with its form, derived from its schema and the labels of its fields. */
export function formOf(kind: AnySinkKind): z.infer<typeof kindSchema> {
  const { id, title, about, promise, steps, template } = kind;
  return {
    id,
    title,
    about,
    promise,
    steps: [...steps],
    template: template?.label ?? null,
    fields: formFields(kind.settings, kind.fields),
  };
}
