import { TextInput } from '@mantine/core';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import classes from '../charter/charter.module.css';
import { CharterField } from '../charter/form-field.tsx';
import { partsOf, rulesOf, type Values, valuesOf } from '../charter/values.ts';
import { PART_FORMS, type Part } from './part-forms.ts';
import { saveParts } from './parts.ts';
import type { Shown } from './words.ts';

/** The form for a part of a baseline other than its charter. Saving creates the next version. */
export function PartDialog({ data, part, onClose }: { data: Shown; part: Part; onClose: () => void }) {
  const { title, intro, ...of } = PART_FORMS[part];
  const form = of.form();
  const before = of.values(data.parts);
  const fields = useFields<Values>(valuesOf(form, before), rulesOf(form));
  const note = useFields({ note: '' });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={title}
      submit={`Save as version ${data.version + 1}`}
      onSubmit={async () => {
        if (!fields.check()) return false;
        const changed: Record<string, unknown> = partsOf(form, fields.values, before);
        if (Object.keys(changed).length === 0) return true;
        const whole = Object.entries({ ...(before as Record<string, unknown>), ...changed });
        const entered = Object.fromEntries(whole.filter(([, value]) => value !== null));
        await saveParts(data, { parts: of.partsOf(entered) }, note.values.note);
        return true;
      }}
    >
      <p>{intro}</p>
      <div className={classes.fields}>
        {form.map((field) => (
          <CharterField key={field.key} field={field} fields={fields} choices={undefined} />
        ))}
      </div>
      <TextInput label="What changed (optional)" maxLength={500} {...note.text('note')} />
    </FormDialog>
  );
}
