import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { client as calls, queries } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { toast } from '../../ui/toast.tsx';
import classes from './charter.module.css';
import { FORMS, type FormField, partsOf, rulesOf, valuesOf } from './forms.ts';
import type { Section } from './sections.ts';
import type { Draft } from './words.ts';

export const SECTION_WORDS: Readonly<Record<Section, string>> = {
  people: 'People and accounts',
  limits: 'Thresholds and reviews',
  ams: 'Membership system',
  devices: 'Gateway, network and devices',
  microsoft: 'Microsoft Entra',
  policy: 'Policy and incidents',
  who: 'Decisions about people',
};

/** One part of a draft as a form. What is left empty is not stated, which is not the same as none. */
export function EditDialog({
  draft,
  section,
  onClose,
}: {
  draft: Draft;
  section: Section;
  onClose: () => void;
}) {
  const { slug } = useClientHere();
  const form = FORMS[section];
  const fields = useFields<Record<string, string | boolean>>(valuesOf(form, draft.value), rulesOf(form));
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={SECTION_WORDS[section]}
      submit="Save in the draft"
      onSubmit={async () => {
        if (!fields.check()) return false;
        try {
          await calls.charter.draft.edit({
            client: slug,
            draft: draft.id,
            version: draft.version,
            parts: partsOf(form, fields.values, draft.value),
          });
        } finally {
          await queries.invalidateQueries();
        }
        toast({ kind: 'done', text: 'Saved in the draft. Nothing takes effect until it is approved.' });
        return true;
      }}
    >
      <p>Anything left empty is not stated; a control that needs it will ask for it.</p>
      <div className={classes.fields}>
        {form.map((field) => (
          <OneField key={field.path} field={field} fields={fields} />
        ))}
      </div>
    </FormDialog>
  );
}

function OneField({
  field,
  fields,
}: {
  field: FormField;
  fields: ReturnType<typeof useFields<Record<string, string | boolean>>>;
}) {
  const { path, label, kind, hint } = field;
  const text = {
    name: path,
    label,
    description: hint,
    value: String(fields.values[path] ?? ''),
    error: fields.error(path),
    onChange: (event: { currentTarget: { value: string } }) => fields.set(path, event.currentTarget.value),
  };
  switch (kind) {
    case 'choice':
    case 'yesno':
      return (
        <NativeSelect
          {...text}
          data={[
            { value: '', label: 'Not stated' },
            ...(kind === 'yesno'
              ? [
                  { value: 'yes', label: 'Yes' },
                  { value: 'no', label: 'No' },
                ]
              : (field.choices ?? [])),
          ]}
        />
      );
    case 'lines': {
      const none = `${path}#none`;
      return (
        <Stack>
          <Textarea
            {...text}
            description={hint ?? 'One on each line'}
            autosize
            minRows={2}
            maxRows={8}
            disabled={fields.values[none] === true}
          />
          <Checkbox
            label={`${label}: none, on purpose`}
            checked={fields.values[none] === true}
            onChange={(event) => fields.set(none, event.currentTarget.checked)}
          />
        </Stack>
      );
    }
    case 'day':
      return <TextInput {...text} type="date" />;
    case 'number':
      return <TextInput {...text} inputMode="decimal" />;
    case 'long':
      return <Textarea {...text} autosize minRows={2} />;
    case 'text':
      return <TextInput {...text} />;
  }
}
