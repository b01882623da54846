import { NativeSelect, Textarea } from '@mantine/core';
import { useState } from 'react';
import { PERMISSION_WORDS } from '../../../../src/domain/connectors/words.ts';
import { client as calls, queries } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Notice } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { type Incident, type Step, setTo } from './words.ts';

type Offered = NonNullable<Step['permissions']>['offered'];

interface DialogProps {
  readonly incident: Incident;
  readonly step: Step;
  readonly offered: Offered;
  readonly onClose: () => void;
}

/** Selects stricter permissions for actions, which become a draft of the charter. */
export function TightenDialog({ incident, step, offered, onClose }: DialogProps) {
  const { slug } = useClientHere();
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const fields = useFields({ reason: '' }, { reason: needed('Briefly say why.') });
  const cells = offered.flatMap(({ row, stricter }) => {
    const permission = stricter.find((one) => one === chosen[row]);
    return permission === undefined ? [] : [{ row, permission }];
  });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Propose a stricter permission"
      submit="Put it into a draft"
      onSubmit={async () => {
        if (!fields.check() || cells.length === 0) return false;
        await calls.incidents.tighten({
          client: slug,
          incident: incident.id,
          step: step.id,
          version: step.version,
          cells,
          reason: fields.values.reason,
        });
        await queries.invalidateQueries();
        toast({ kind: 'done', text: 'It is proposed, and this step tracks it.' });
        return true;
      }}
    >
      <p>
        It becomes a draft of the charter, or part of the open draft. Nothing takes effect until someone else
        approves it.
      </p>
      {offered.map((one) => (
        <NativeSelect
          key={one.row}
          label={one.label}
          description={setTo(one)}
          value={chosen[one.row] ?? ''}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setChosen((before) => ({ ...before, [one.row]: value }));
          }}
          data={[
            { value: '', label: 'As it is' },
            ...one.stricter.map((state) => ({ value: state, label: PERMISSION_WORDS[state] })),
          ]}
        />
      ))}
      {cells.length === 0 ? <Notice>Choose a stricter state for at least one action.</Notice> : null}
      <Textarea label="Why" autosize minRows={2} maxLength={4000} {...fields.text('reason')} />
    </FormDialog>
  );
}
// Guide: G7.2-20
