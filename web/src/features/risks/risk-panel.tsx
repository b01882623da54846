import { dayWords } from '../../../../src/domain/text/words.ts';
import { useClientHere } from '../../session.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { AppLink, LinkButton } from '../controls/link-button.tsx';
import classes from './risks.module.css';
import { StatusMark } from './status-mark.tsx';
import type { Risk } from './words.ts';

type Control = Risk['scopes'][number]['controls'][number];

/** One risk: the controls against it by scope, what plan and licenses could do, and what remains. */
export function RiskPanel({ risk, onClose }: { risk: Risk; onClose: () => void }) {
  return (
    <SidePanel
      title={risk.title}
      onClose={onClose}
      actions={<LinkButton href={`/catalogue/risks/${risk.risk}`}>In the catalogue</LinkButton>}
    >
      <div className={classes.panel}>
        <p>
          <StatusMark status={risk.status} />
        </p>
        <p className="reading">{risk.words}</p>
        <p>{risk.details}</p>
        <p>{risk.story}</p>
        {risk.scopes.map((part) => (
          <section key={part.scope} aria-label={part.name}>
            <h3>
              {part.name}
              {part.of === 0 ? '' : `: ${part.hold} of ${part.of} in place`}
            </h3>
            {part.controls.length === 0 ? (
              <p className="muted">No control here reduces this risk.</p>
            ) : (
              <ul className={classes.controls}>
                {part.controls.map((control) => (
                  <ControlLine key={control.control} control={control} />
                ))}
              </ul>
            )}
          </section>
        ))}
        <section>
          <h3>What remains</h3>
          <p>{risk.residual}</p>
        </section>
        <section>
          <h3>What plan and licenses could do: {risk.reach.word.toLowerCase()}</h3>
          <dl className={classes.readings}>
            {risk.reach.layers.map((layer) => (
              <div key={layer.name}>
                <dt>
                  {layer.name}: {layer.word}
                </dt>
                <dd>{layer.words}</dd>
              </div>
            ))}
          </dl>
        </section>
        <section>
          <h3>Guide and vendor</h3>
          <dl className={classes.readings}>
            {risk.readings.map((reading) => (
              <div key={reading.layer}>
                <dt>{reading.layer}</dt>
                <dd>
                  <span className="muted">The guide:</span> {reading.guide}
                </dd>
                <dd>
                  <span className="muted">The vendor ({reading.status.toLowerCase()}):</span> {reading.vendor}
                </dd>
              </div>
            ))}
          </dl>
          <p className="muted">
            {risk.sources.map((source, at) => (
              <span key={source.url}>
                {at === 0 ? 'Sources: ' : '; '}
                <a href={source.url} target="_blank" rel="noreferrer">
                  {source.title}
                </a>
                , read {dayWords(source.read)}
              </span>
            ))}
            .
          </p>
        </section>
      </div>
    </SidePanel>
  );
}

/** A control with its verdict, the reason, and the age of its evidence. */
export function ControlLine({ control }: { control: Control }) {
  const { slug } = useClientHere();
  return (
    <li>
      <span>
        <VerdictMark state={control.state} />{' '}
        <AppLink href={`/c/${slug}/controls/${control.short}`}>
          {control.short} {control.title}
        </AppLink>
      </span>
      <span>{control.reason}</span>
      <span className="muted">
        {control.observedOn === null ? 'Nothing was read' : `Observed ${dayWords(control.observedOn)}`}
        {control.goodUntil === null ? '' : `, valid until ${dayWords(control.goodUntil)}`}
      </span>
    </li>
  );
}
