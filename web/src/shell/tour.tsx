import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import { type Permission, useClient, useSession } from '../session.tsx';
import { Row } from '../ui/layout.tsx';
import classes from './tour.module.css';

interface Step {
  readonly title: string;
  readonly text: string;
  /** URL; `$client` is replaced. */
  readonly to: string;
  readonly permission: Permission;
}

const STEPS: readonly Step[] = [
  {
    title: 'Home: what to do first',
    text: 'Do now lists the most urgent work, worst first. Current status shows how many controls pass, fail or cannot be read.',
    to: '/c/$client',
    permission: 'client.read',
  },
  {
    title: 'Controls: what the guide asks for',
    text: 'Each line is one control. These fail. Filters narrow the list, and a row opens beside it.',
    to: '/c/$client/controls?state=fail',
    permission: 'controls.read',
  },
  {
    title: 'A control: why, and what to do',
    text: 'The reason names people and rows of the file that it is based on. Below are the steps that fix it.',
    to: '/c/$client/controls/ACC-07',
    permission: 'controls.read',
  },
  {
    title: 'Connectors: what Claude may do in each system',
    text: 'The matrix compares what was observed with what the charter, the client’s own rules, permits.',
    to: '/c/$client/connectors',
    permission: 'charter.read',
  },
  {
    title: 'Alerts: what stood out in the activity',
    text: 'Events of the same kind are one line. Open it to see who, when and the first remedy.',
    to: '/c/$client/alerts',
    permission: 'alerts.read',
  },
  {
    title: 'Imports: where all of this comes from',
    text: 'Drop the files that the client’s admin consoles export. A preview shows what would change before anything is stored.',
    to: '/c/$client/imports',
    permission: 'imports.read',
  },
  {
    title: 'Reports: what the board reads',
    text: 'Create a report for the board. Each one compares itself with the last. To remove the sandbox, open Settings.',
    to: '/c/$client/reports',
    permission: 'reports.read',
  },
];

const STORAGE_KEY = 'bylaw.tour';
const listeners = new Set<() => void>();

/** The current step, kept while this tab is open; null: the tour is not active. */
function current(): number | null {
  const kept = Number.parseInt(sessionStorage.getItem(STORAGE_KEY) ?? '', 10);
  return Number.isNaN(kept) ? null : kept;
}

function keep(step: number | null): void {
  if (step === null) sessionStorage.removeItem(STORAGE_KEY);
  else sessionStorage.setItem(STORAGE_KEY, String(step));
  for (const listener of listeners) listener();
}

function useCurrent(): number | null {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, current);
}

/** Starts the tour at the sandbox's first page: for the palette, and for those who declined it before. */
export function useTour(): (() => void) | null {
  const go = useGo();
  return useClient()?.sandbox === true ? () => go(0) : null;
}

function useSteps(): readonly Step[] {
  const session = useSession();
  const slug = useClient()?.slug ?? null;
  return STEPS.filter(({ permission }) => session.may(permission, slug));
}

function useGo(): (step: number) => void {
  const steps = useSteps();
  const navigate = useNavigate();
  const slug = useClient()?.slug ?? '';
  return (step) => {
    keep(step);
    const to = steps[step]?.to.replace('$client', slug);
    if (to !== undefined) void navigate({ href: to });
  };
}

interface TourProps {
  /** The person has neither taken nor declined it. */
  offered: boolean;
  /** Whether this page is the client's Home, where it is offered. */
  home: boolean;
  onOver: () => void;
}

/** The tour of the sandbox: offered on its Home, then a line above each page of the tour. */
export function Tour({ offered, home, onOver }: TourProps) {
  const at = useCurrent();
  const steps = useSteps();
  const go = useGo();
  const client = useClient();
  if (client?.sandbox !== true) return null;
  const step = at === null ? undefined : steps[at];
  const end = () => {
    keep(null);
    onOver();
  };
  if (at === null || step === undefined)
    return offered && home ? (
      <section className={classes.tour} aria-label="Tour">
        <p>
          <strong>New here?</strong> A five-minute tour shows you around with the sandbox’s made-up data.
        </p>
        <Row gap="sm">
          <Button size="xs" onClick={() => go(0)}>
            Take the tour
          </Button>
          <Button size="xs" variant="subtle" onClick={end}>
            No thanks
          </Button>
        </Row>
      </section>
    ) : null;
  const last = at === steps.length - 1;
  return (
    <section className={classes.tour} aria-label="Tour">
      <div role="status">
        <p>
          <span className="muted">
            {at + 1} of {steps.length}
          </span>{' '}
          <strong>{step.title}</strong>
        </p>
        <p>{step.text}</p>
      </div>
      <Row gap="sm">
        {at === 0 ? null : (
          <Button size="xs" onClick={() => go(at - 1)}>
            Back
          </Button>
        )}
        {last ? null : (
          <Button size="xs" onClick={() => go(at + 1)}>
            Next
          </Button>
        )}
        <Button size="xs" variant={last ? 'outline' : 'subtle'} onClick={end}>
          {last ? 'Finish the tour' : 'End the tour'}
        </Button>
      </Row>
    </section>
  );
}
