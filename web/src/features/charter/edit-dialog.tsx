import { useQuery } from '@tanstack/react-query';
import { api, client as calls, queries } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import classes from './charter.module.css';
import { FORMS } from './fields.ts';
import { CharterField } from './form-field.tsx';
import type { Section } from './sections.ts';
import { partsOf, rulesOf, type Values, valuesOf } from './values.ts';
import type { Draft } from './words.ts';

export const SECTION_WORDS: Readonly<Record<Section, string>> = {
  people: 'People and accounts',
  limits: 'Thresholds and reviews',
  ams: 'Membership system',
  devices: 'Network and devices',
  microsoft: 'Microsoft Entra',
  policy: 'Policy and incidents',
  who: 'Shared accounts and guests',
  exceptions: 'Exceptions',
};

export const SAVED = 'Saved in the draft. Nothing takes effect until it is approved.';

/** Form for one part of a draft. An empty field means "not stated", which differs from "none". */
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
  const fields = useFields<Values>(valuesOf(form, draft.value), rulesOf(form));
  const choices = useQuery(api.charter.choices.queryOptions({ input: { client: slug } }));
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
        toast({ kind: 'done', text: SAVED });
        return true;
      }}
    >
      <p>
        {section === 'exceptions'
          ? 'An exception accepts a failing control until a date. A critical control also needs a second person: request that under Exceptions.'
          : 'Anything left empty counts as not decided; a control that needs it will ask for it.'}
      </p>
      <div className={classes.fields}>
        {form.map((field) => (
          <CharterField key={field.key} field={field} fields={fields} choices={choices.data} />
        ))}
      </div>
    </FormDialog>
  );
}
