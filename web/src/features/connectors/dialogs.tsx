import { Radio, Textarea, TextInput } from '@mantine/core';
import { EFFECT_WORDS } from '../../../../src/domain/connectors/words.ts';
import { count } from '../../../../src/domain/text/words.ts';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import classes from './matrix.module.css';
import type { Connector, Row } from './words.ts';

interface ReasonDialogProps {
  readonly rows: readonly Row[];
  /** Whether any of the rows breaks an invariant and therefore needs an end date. */
  readonly guarded: boolean;
  readonly today: string;
  readonly onReason: (reason: string, until: string) => void;
  /** Reverts the change. */
  readonly onCancel: () => void;
}

/** Asks for one reason for all rows that a bulk change made looser than the baseline. */
export function ReasonDialog({ rows, guarded, today, onReason, onCancel }: ReasonDialogProps) {
  const fields = useFields(
    { reason: '', until: '' },
    {
      reason: needed('Say why these can be looser.'),
      until: (value) =>
        !guarded
          ? null
          : value === ''
            ? 'Choose the last day.'
            : value < today
              ? 'That day has passed.'
              : null,
    },
  );
  return (
    <FormDialog
      opened
      onClose={onCancel}
      title="Looser than the baseline"
      submit="Enter the reason"
      onSubmit={async () => {
        if (!fields.check()) return false;
        onReason(fields.values.reason.trim(), fields.values.until);
        return false;
      }}
    >
      <p>
        {count(rows.length, 'action')} would be looser than the guide recommends. The person who approves the
        draft sees the reason.
      </p>
      <Textarea label="Why" autosize minRows={2} data-autofocus {...fields.text('reason')} />
      {guarded ? (
        <TextInput
          type="date"
          min={today}
          label="Last day"
          description="A fixed rule forbids this; two approvers can allow it until a date."
          {...fields.text('until')}
        />
      ) : null}
    </FormDialog>
  );
}

const CHOICES = ['read', 'write', 'send', 'delete', 'admin'] as const;
export type Classified = (typeof CHOICES)[number];

interface ClassifyDialogProps {
  readonly rows: readonly Row[];
  readonly onClassify: (effect: Classified) => Promise<void>;
  readonly onClose: () => void;
}

/** Records what a tool does, as read by a person, for all later users. */
export function ClassifyDialog({ rows, onClassify, onClose }: ClassifyDialogProps) {
  const fields = useFields({ effect: '' }, { effect: needed('Choose what it does.') });
  const [first] = rows;
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={
        rows.length === 1 && first !== undefined
          ? `Classify ${first.title}`
          : `Classify ${count(rows.length, 'action')}`
      }
      submit="Classify"
      onSubmit={async () => {
        const effect = CHOICES.find((one) => one === fields.values.effect);
        if (!fields.check() || effect === undefined) return false;
        await onClassify(effect);
        return true;
      }}
    >
      <p>
        Until someone says what it does, Bylaw treats it as a write and keeps asking. Your answer is recorded
        with your name in the draft and in the audit log.
      </p>
      <Radio.Group
        label="What it does"
        {...fields.text('effect')}
        onChange={(value) => fields.set('effect', value)}
      >
        <div className={classes.choices}>
          {CHOICES.map((effect) => (
            <Radio key={effect} value={effect} label={EXPLAINED[effect]} />
          ))}
        </div>
      </Radio.Group>
    </FormDialog>
  );
}

const EXPLAINED: Readonly<Record<Classified, string>> = {
  read: `${EFFECT_WORDS.read}: it looks things up and changes nothing`,
  write: `${EFFECT_WORDS.write}: it creates or changes something`,
  send: `${EFFECT_WORDS.send}: something goes to other people`,
  delete: `${EFFECT_WORDS.delete}: something is gone afterward`,
  admin: `${EFFECT_WORDS.admin}: rights, sharing, rules or settings change`,
};

interface RemoveDialogProps {
  readonly connector: Connector;
  readonly onRemove: () => Promise<void>;
  readonly onClose: () => void;
}

export function RemoveDialog({ connector, onRemove, onClose }: RemoveDialogProps) {
  return (
    <FormDialog
      opened
      final
      onClose={onClose}
      title={`Remove ${connector.charter ?? connector.name} from the charter`}
      submit="Remove it"
      onSubmit={async () => {
        await onRemove();
        return true;
      }}
    >
      <p>
        Its permissions and reasons are removed from the draft. Once the draft is approved, all its actions
        count as not approved. Nothing changes in Claude: an Owner has to remove it there.
      </p>
    </FormDialog>
  );
}
