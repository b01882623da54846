import { Button } from '@mantine/core';
import { LinkButton } from '../controls/link-button.tsx';
import type { Deployment, Lead } from './words.ts';

interface ActionsProps {
  readonly deployment: Deployment;
  readonly lead: Lead | null;
  /** A check is running. */
  readonly busy: boolean;
  readonly onOpen: (dialog: 'hand-over' | 'record') => void;
  readonly onAttest: (control: string) => void;
  readonly onCheck: () => void;
}

/** Buttons to the right of the title: those for the whole deployment, then the next thing to do as a filled button. */
export function Actions({ deployment, lead, onOpen, ...act }: ActionsProps) {
  const { may, records } = deployment;
  return (
    <>
      <LinkButton href={`/c/${deployment.client}/deployment/quick-reference`}>Quick reference</LinkButton>
      <LinkButton href={`/c/${deployment.client}/deployment/immediate-actions`}>Immediate actions</LinkButton>
      {may.work ? <Button onClick={() => onOpen('hand-over')}>Hand over</Button> : null}
      {may.work || records.length > 0 ? (
        <Button
          variant={may.work && isDone(deployment) ? 'filled' : 'default'}
          onClick={() => onOpen('record')}
        >
          Deployment record
        </Button>
      ) : null}
      {lead === null ? null : <LeadButton lead={lead} filled {...act} />}
    </>
  );
}

/** No work is left; what remains is to record that in writing. */
function isDone({ completion }: Deployment): boolean {
  return completion.complete;
}

interface LeadButtonProps extends Pick<ActionsProps, 'busy' | 'onAttest' | 'onCheck'> {
  readonly lead: Lead;
  readonly filled?: boolean;
  /** Name of what the button acts on, for screen readers. */
  readonly about?: string;
}

export function LeadButton({ lead, filled, about, busy, onAttest, onCheck }: LeadButtonProps) {
  const variant = filled ? 'filled' : 'default';
  const label = (
    <>
      {lead.label}
      {about === undefined ? null : <span className="hidden-text">: {about}</span>}
    </>
  );
  switch (lead.kind) {
    case 'link':
      return (
        <LinkButton href={lead.href} variant={variant}>
          {label}
        </LinkButton>
      );
    case 'attest':
      return (
        <Button variant={variant} onClick={() => onAttest(lead.control)}>
          {label}
        </Button>
      );
    case 'check':
      return (
        <Button variant={variant} loading={busy} onClick={onCheck}>
          {label}
        </Button>
      );
  }
}
