import type { ReactNode } from 'react';
import { Icon, type IconName } from '../../ui/icon.tsx';
import classes from './start-frame.module.css';

const STEPS = [
  { name: 'You', detail: 'The first owner' },
  { name: 'First client', detail: 'A real one, or the sandbox' },
  { name: 'First files', detail: 'Exports from Claude and Microsoft 365' },
] as const;

const PROMISES: readonly { icon: IconName; name: string; text: string }[] = [
  {
    icon: 'evidence',
    name: 'It stays on this server',
    text: 'Files and findings leave it only if you send them: in an export, a message or to a system you connect.',
  },
  {
    icon: 'file',
    name: 'Settings and people, not conversations',
    text: 'Bylaw works with what admin consoles export. It keeps what staff write to Claude only if the client’s charter allows it.',
  },
  {
    icon: 'audit',
    name: 'Every action is on the record',
    text: 'Each change is written to a chained audit log that can be verified independently.',
  },
];

interface StartFrameProps {
  /** Index of the step, from 0: You, First client, First files. */
  current: 0 | 1 | 2;
  /** Replaces "The first owner" once there is one: "Dana Whitlock, owner". */
  who?: string;
  title: string;
  lead: string;
  children: ReactNode;
}

/** Frame of the three steps of the first run: what is done, what is asked now, what happens to the data. */
export function StartFrame({ current, who, title, lead, children }: StartFrameProps) {
  return (
    <div className={classes.root}>
      <header className={classes.bar}>
        <Brand />
        <span className="muted small wraps">{location.host}</span>
      </header>
      <main id="main" className={classes.main}>
        <ol className={classes.steps} aria-label="Steps">
          {STEPS.map((step, at) => {
            const state = at < current ? 'done' : at === current ? 'current' : 'ahead';
            return (
              <li key={step.name} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
                <span className={classes.mark} aria-hidden="true">
                  {state === 'done' ? <Icon name="tick" size={12} /> : at + 1}
                </span>
                <span>
                  <strong>{step.name}</strong>
                  {state === 'done' ? <span className="hidden-text"> done</span> : null}
                  <span className="muted line">{at === 0 ? (who ?? step.detail) : step.detail}</span>
                </span>
              </li>
            );
          })}
        </ol>
        <div className={classes.work}>
          <h1 tabIndex={-1}>{title}</h1>
          <p className={classes.lead}>{lead}</p>
          {children}
        </div>
        <aside className={classes.aside} aria-labelledby="start-data">
          <h2 id="start-data">What happens to your data</h2>
          <ul>
            {PROMISES.map(({ icon, name, text }) => (
              <li key={name}>
                <Icon name={icon} />
                <span>
                  <strong>{name}</strong>
                  <span className="muted line">{text}</span>
                </span>
              </li>
            ))}
          </ul>
        </aside>
      </main>
    </div>
  );
}

/** The product's logo and name, for pages outside the shell. */
export function Brand() {
  return (
    <span className={classes.brand}>
      <span className={classes.sign} aria-hidden="true">
        §
      </span>
      Bylaw
    </span>
  );
}
