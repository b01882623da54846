import { TextInput } from '@mantine/core';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import classes from '../charter/charter.module.css';
import { SECTION_WORDS } from '../charter/edit-dialog.tsx';
import { FORMS } from '../charter/fields.ts';
import { CharterField } from '../charter/form-field.tsx';
import { partsOf, rulesOf, type Values, valuesOf } from '../charter/values.ts';
import { saveParts } from './parts.ts';
import type { Shown } from './words.ts';

/** Sections of a charter that can be the same for many clients. */
export const TEMPLATE_SECTIONS = ['people', 'limits', 'ams', 'devices', 'microsoft'] as const;
export type TemplateSection = (typeof TEMPLATE_SECTIONS)[number];

/** Settings that are specific to one client, so a baseline leaves them out. */
const OF_ONE_CLIENT = [
  'domainCapture',
  'claudeOrganization',
  'contentKept',
  'telemetry.since',
  'ams.vendorConsulted',
  'ams.serviceAccount',
  'ams.egressAllowlisted',
  'entra.ssoAppId',
  'entra.emergencyAccess',
  'entra.approvedExclusions',
];

function formOf(section: TemplateSection) {
  return FORMS[section].filter(
    ({ key }) => !OF_ONE_CLIENT.some((one) => key === one || key.startsWith(`${one}.`)),
  );
}

interface EditDialogProps {
  readonly data: Shown;
  readonly section: TemplateSection;
  readonly onClose: () => void;
}

/** The form for one section of a baseline's charter. Saving creates the next version. */
export function EditDialog({ data, section, onClose }: EditDialogProps) {
  const form = formOf(section);
  const fields = useFields<Values>(valuesOf(form, data.charter), rulesOf(form));
  const note = useFields({ note: '' });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`${SECTION_WORDS[section]}: ${data.name}`}
      submit={`Save as version ${data.version + 1}`}
      onSubmit={async () => {
        if (!fields.check()) return false;
        const charter = partsOf(form, fields.values, data.charter);
        if (Object.keys(charter).length === 0) return true;
        await saveParts(data, { charter }, note.values.note);
        return true;
      }}
    >
      <p>
        Anything left empty counts as not stated. Write client-specific values as {'{name}'}, {'{domain}'},{' '}
        {'{domains}'} or {'{owner}'}.
      </p>
      <div className={classes.fields}>
        {form.map((field) => (
          <CharterField key={field.key} field={field} fields={fields} choices={undefined} />
        ))}
      </div>
      <TextInput label="What changed (optional)" maxLength={500} {...note.text('note')} />
    </FormDialog>
  );
}
