import { Button, Radio } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { done } from '../../acts.ts';
import { Card } from '../../ui/card.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { SaveBar, useSaving } from '../../ui/saving.tsx';
import { When } from '../../ui/when.tsx';
import { guardSavedWords } from './words.ts';

/** Whether a guard only records what it finds, or also refuses it. */
export type Mode = 'watch' | 'enforce';

interface GuardSetupProps {
  readonly mayEdit: boolean;
  /** null: it has no URL yet. */
  readonly changed: { readonly by: string; readonly at: string } | null;
  /** What the guard is for; shown until it has a URL. */
  readonly about: ReactNode;
  /** What to do with its URL. */
  readonly steps: ReactNode;
  readonly make: () => Promise<void>;
  readonly form: (onRemove: () => void) => ReactNode;
  readonly removal: { readonly title: string; readonly words: ReactNode; readonly act: () => Promise<void> };
}

/** Setup of a guard: its URL is created here, entered in the other system, and can be removed. */
export function GuardSetup({ mayEdit, changed, about, steps, make, form, removal }: GuardSetupProps) {
  const saving = useSaving();
  const [removing, setRemoving] = useState(false);
  return (
    <Card title="Set up">
      <Stack>
        {changed === null ? (
          <p className="measure">{about}</p>
        ) : (
          <>
            {steps}
            <p className="muted">
              Changed by {changed.by} <When at={changed.at} inline />.
            </p>
          </>
        )}
        {mayEdit && changed === null ? (
          <Row>
            <Button variant="filled" loading={saving.busy} onClick={() => void saving.save(make)}>
              Create the address
            </Button>
            <p role="alert" className="late">
              {saving.failure}
            </p>
          </Row>
        ) : null}
        {mayEdit && changed !== null ? form(() => setRemoving(true)) : null}
      </Stack>
      <FormDialog
        opened={removing}
        onClose={() => setRemoving(false)}
        title={removal.title}
        submit="Remove it"
        final
        onSubmit={async () => {
          await removal.act();
          return true;
        }}
      >
        <p>{removal.words}</p>
      </FormDialog>
    </Card>
  );
}

interface GuardFormProps {
  /** The word for the guard on the page: "hook", "check". */
  readonly noun: string;
  readonly changed: boolean;
  /** Resolves to the change that waits for a second person; null: nothing waits. */
  readonly save: () => Promise<object | null>;
  /** Message after saving. */
  readonly saved: string;
  readonly onRemove: () => void;
  readonly children: ReactNode;
}

/** The settings of a guard that has a URL. */
export function GuardForm({ noun, changed, save, saved, onRemove, children }: GuardFormProps) {
  const saving = useSaving();
  return (
    <Stack
      noValidate
      as="form"
      gap="lg"
      onSubmit={(event) => {
        event.preventDefault();
        void saving.save(async () => {
          const proposed = await save();
          await done(guardSavedWords(proposed, saved));
        });
      }}
    >
      <Stack as="fieldset" gap="lg" disabled={saving.busy}>
        {children}
      </Stack>
      <SaveBar
        saving={saving}
        changed={changed}
        more={<Button onClick={onRemove}>{`Remove the ${noun}…`}</Button>}
      >
        {`Save the ${noun}`}
      </SaveBar>
    </Stack>
  );
}

interface ModeChoiceProps {
  /** What the guard checks, in a sentence: "a prompt". */
  readonly of: string;
  readonly enforce: string;
  readonly mode: Mode;
  readonly onChange: (mode: Mode) => void;
}

export function ModeChoice({ of, enforce, mode, onChange }: ModeChoiceProps) {
  return (
    <Radio.Group
      label={`What it does with ${of} that contains disallowed data`}
      value={mode}
      onChange={(value) => onChange(value === 'enforce' ? 'enforce' : 'watch')}
    >
      <Stack gap="sm" above="xs">
        <Radio value="watch" label="Watch: let it through and record that it would have been refused" />
        <Radio value="enforce" label={enforce} />
      </Stack>
    </Radio.Group>
  );
}
