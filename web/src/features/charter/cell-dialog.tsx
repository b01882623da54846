import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, client as calls, queries } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import type { Draft } from './words.ts';

const PERMISSIONS = [
  { value: 'blocked', label: 'Blocked' },
  { value: 'ask', label: 'Needs approval' },
  { value: 'allow', label: 'Always allow' },
  { value: 'none', label: 'Not named in the charter' },
] as const;

function permissionOf(value: string): 'allow' | 'ask' | 'blocked' | null {
  return value === 'allow' || value === 'ask' || value === 'blocked' ? value : null;
}

/** Sets one cell of the matrix in a draft, with the end date required if the value breaks an invariant. */
export function CellDialog({ draft, onClose }: { draft: Draft; onClose: () => void }) {
  const { slug } = useClientHere();
  const fields = useFields(
    { connector: '', action: '', permission: 'blocked', justification: '', until: '' },
    {
      connector: needed('Name the connector.'),
      action: needed('Enter the action, or * for all others.'),
    },
  );
  const { connector, action, permission, justification, until } = fields.values;
  const choices = useQuery(api.charter.choices.queryOptions({ input: { client: slug } }));
  const known = choices.data?.connectors ?? [];
  const own = draft.value.connectors ?? [];
  const names = [...new Set([...own, ...known].map(({ name }) => name))];
  const isNamed = ({ name }: { name: string }) => name.toLowerCase() === connector.trim().toLowerCase();
  const actions = [
    ...new Set([...Object.keys(own.find(isNamed)?.actions ?? {}), ...(known.find(isNamed)?.actions ?? [])]),
  ];
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Set a permission"
      submit="Save in the draft"
      onSubmit={async () => {
        if (!fields.check()) return false;
        try {
          await calls.charter.draft.setCells({
            client: slug,
            draft: draft.id,
            version: draft.version,
            cells: [
              {
                connector: connector.trim(),
                action: action.trim(),
                permission: permissionOf(permission),
                ...(justification.trim() === '' ? {} : { justification: justification.trim() }),
                ...(until === '' ? {} : { until }),
              },
            ],
          });
        } finally {
          await queries.invalidateQueries();
        }
        toast({ kind: 'done', text: 'Saved in the draft. Nothing takes effect until it is approved.' });
        return true;
      }}
    >
      <TextInput
        label="Connector"
        list="charter-connectors"
        maxLength={200}
        data-autofocus
        {...fields.text('connector')}
      />
      <datalist id="charter-connectors">
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <TextInput
        label="Action"
        list="charter-actions"
        description="As Claude shows it, or * for all others"
        maxLength={200}
        {...fields.text('action')}
      />
      <datalist id="charter-actions">
        {actions.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <NativeSelect label="Permission" data={[...PERMISSIONS]} {...fields.text('permission')} />
      <Textarea
        label="Reason, if it is wider than the guide allows"
        autosize
        minRows={2}
        maxLength={2000}
        {...fields.text('justification')}
      />
      <TextInput
        type="date"
        label="Last day, if it breaks a rule that takes a second person’s approval to break"
        {...fields.text('until')}
      />
    </FormDialog>
  );
}
