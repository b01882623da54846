import { count } from '../../../../src/domain/text/words.ts';
import { Card } from '../../ui/card.tsx';
import { Diff } from '../../ui/diff.tsx';
import { Stack } from '../../ui/layout.tsx';
import { VerdictShape } from '../../ui/verdict-mark.tsx';
import { AppLink } from '../controls/link-button.tsx';
import classes from './policy.module.css';
import { type Draft, LANGUAGE_WORDS, type Version } from './words.ts';

/** The policy text as staff read it. */
export function PolicyText({
  content,
  language,
}: {
  content: Version['content'];
  language?: keyof typeof LANGUAGE_WORDS;
}) {
  const own = language === undefined ? '' : `${language}-`;
  return (
    <Card title={content.title} aside={language === undefined ? undefined : `In ${LANGUAGE_WORDS[language]}`}>
      <div lang={language} className={`reading ${classes.text}`}>
        {content.intro === '' ? null : <p>{content.intro}</p>}
        {content.sections.map(({ id, title, items }) => (
          <section key={id} aria-labelledby={`section-${own}${id}`}>
            <h3 id={`section-${own}${id}`} className="subheading">
              {title}
            </h3>
            <ul>
              {items.map((item) => (
                <li key={item.id}>{item.text}</li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Card>
  );
}

/** The differences from the previous version. */
export function Differences({
  against,
  label,
  differences,
}: {
  against: string | null;
  label: string;
  differences: Version['differences'];
}) {
  if (against === null) return null;
  return (
    <Card
      title={`Changes against version ${against}`}
      aside={count(differences.length, 'place')}
      flush={differences.length > 0}
    >
      {differences.length === 0 ? (
        <p>There are no changes.</p>
      ) : (
        <Diff
          label={`Changes against version ${against}`}
          heads={[`Version ${against}`, `Version ${label}`]}
          changes={differences.map(({ where, before, after }) => ({ name: where, before, after }))}
        />
      )}
    </Card>
  );
}

/** Readability of the text, and the jargon to replace. */
export function Reading({ readability }: { readability: Draft['readability'] }) {
  const { grade, words, minutes, jargon } = readability;
  return (
    <Card title="How easy it is to read">
      <Stack>
        <p>
          {grade === null
            ? 'There are no sentences to measure.'
            : `School grade ${grade} (Flesch-Kincaid). Up to 9 is easy for most people.`}
          <span className="second">
            {count(words, 'word')}, about {count(minutes, 'minute')}
          </span>
        </p>
        {jargon.length === 0 ? (
          <p className="muted">It contains none of the listed hard words.</p>
        ) : (
          <ul>
            {jargon.map(({ word, better, where }) => (
              <li key={`${word} ${where}`}>
                “{word}” in {where}: {better}
              </li>
            ))}
          </ul>
        )}
      </Stack>
    </Card>
  );
}

/** Clauses of the template that a text leaves out, each with the reason. */
export function LeftOut({ leftOut }: { leftOut: Version['leftOut'] }) {
  if (leftOut.length === 0) return null;
  return (
    <Card title="Left out of the template" aside={count(leftOut.length, 'clause')}>
      <ul>
        {leftOut.map(({ id, text, reason }) => (
          <li key={id}>
            {text}
            <span className="second">{reason === '' ? 'No reason given yet.' : reason}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** The clauses of the guide, and which of them the text contains. */
export function Clauses({ clauses, slug }: { clauses: Draft['clauses']; slug: string }) {
  const missing = clauses.filter(({ held, required }) => required && !held).length;
  return (
    <Card
      title="Clauses of the guide"
      aside={
        missing === 0 ? 'All required clauses are included' : `${count(missing, 'required clause')} missing`
      }
    >
      <ul className={classes.clauses}>
        {clauses.map(({ id, title, held, required, number, controls }) => (
          <li key={id}>
            <VerdictShape state={held ? 'pass' : required ? 'fail' : 'not_applicable'} />
            <span>
              <span className="hidden-text">{held ? 'Included: ' : 'Not included: '}</span>
              {number === null ? '' : `${number} `}
              {title}
              {controls.length === 0 ? null : (
                <span className="second">
                  {controls.map((control, at) => (
                    <span key={control}>
                      {at === 0 ? 'Read by ' : ', '}
                      <AppLink href={`/c/${slug}/controls/${control.slice(4)}`}>{control.slice(4)}</AppLink>
                    </span>
                  ))}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
