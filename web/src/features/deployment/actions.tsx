import { Button } from '@mantine/core';
import { LinkButton } from '../controls/link-button.tsx';
import type { Deployment, Lead } from './words.ts';

interface ActionsProps {
  readonly deployment: Deployment;
  readonly lead: Lead | null;
  /** The check runs. */
  readonly busy: boolean;
  readonly onOpen: (dialog: 'hand-over' | 'record') => void;
  readonly onAttest: (control: string) => void;
  readonly onCheck: () => void;
}

/** At the right of the title: what concerns the whole deployment, and the next thing to do, filled. */
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

/** Nothing is left to work at: what remains is to have it in writing. */
function isDone({ completion }: Deployment): boolean {
  return completion.complete;
}

interface LeadButtonProps extends Pick<ActionsProps, 'busy' | 'onAttest' | 'onCheck'> {
  readonly lead: Lead;
  readonly filled?: boolean;
  /** What it is about, for those who hear the button alone. */
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
