import { Button } from '@mantine/core';
import { count } from '../../../../src/domain/text/words.ts';
import { Card } from '../../ui/card.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import classes from './charter.module.css';
import { charterVersionRoute } from './routes.tsx';
import type { Effect } from './words.ts';

interface Props {
  readonly slug: string;
  readonly questions: Effect['questions'];
  readonly edits: boolean;
}

/** Number of questions shown before all are expanded. */
const FIRST = 6;

/**
 * Questions that controls would still ask with the draft in force, ordered by how many they settle; each is answered
 * here.
 */
export function OpenQuestions({ slug, questions, edits }: Props) {
  const { view, all } = charterVersionRoute.useSearch();
  const navigate = charterVersionRoute.useNavigate();
  if (questions.length === 0) return null;
  const ask = (ids: string) => void navigate({ search: (was) => ({ ...was, answer: ids }) });
  const here = questions.filter(({ page }) => page === null);
  const shown = all === 'questions' ? questions : questions.slice(0, FIRST);
  return (
    <Card
      title="Still needs an answer"
      flush
      aside={count(questions.length, 'question')}
      foot={
        shown.length === questions.length ? undefined : (
          <Button
            size="xs"
            onClick={() => void navigate({ search: () => ({ view, all: 'questions' as const }) })}
          >
            Show all {questions.length}
          </Button>
        )
      }
    >
      <ul>
        {edits && here.length > 1 ? (
          <li>
            <Button variant="filled" size="xs" onClick={() => ask(here.map(({ id }) => id).join(','))}>
              Answer them one by one
            </Button>
          </li>
        ) : null}
        {shown.map(({ id, title, page, controls }) => (
          <li key={id} className={classes.start}>
            <div>
              <p className="medium">{title}</p>
              <p className="muted small">
                {controls === 1 ? '1 control needs it' : `${controls} controls need it`}
              </p>
            </div>
            {!edits ? null : page === null ? (
              <Button size="xs" onClick={() => ask(id)}>
                Answer<span className="hidden-text">: {title}</span>
              </Button>
            ) : (
              <LinkButton size="xs" href={`/c/${slug}${page}`}>
                Open<span className="hidden-text">: {title}</span>
              </LinkButton>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
