import { Button, Radio, Textarea } from '@mantine/core';
import { useState } from 'react';
import { ANSWER_WORDS, COUNTS_WORDS } from '../../../../src/domain/requests/words.ts';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { Row } from '../../ui/layout.tsx';
import { SourceLinks } from '../../ui/lines.tsx';
import { Notice } from '../../ui/states.tsx';
import { useUnsaved } from '../../ui/unsaved.tsx';
import { When } from '../../ui/when.tsx';
import classes from './requests.module.css';
import type { Request } from './words.ts';

type Question = Request['questions'][number];
type Answer = NonNullable<Question['answer']>;
const ANSWERS: readonly Answer[] = ['yes', 'no', 'not_known'];

/** The questions of the review. The answers are saved together, against the version that was shown. */
export function ReviewCard({ request }: { request: Request }) {
  const { slug } = useClientHere();
  const [given, setGiven] = useState<Readonly<Record<string, { answer: Answer | null; note: string }>>>({});
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  useUnsaved(() => Object.keys(given).length > 0 && !busy);
  const of = (one: Question) => given[one.id] ?? { answer: one.answer, note: one.note ?? '' };
  const put = (one: Question, change: Partial<{ answer: Answer; note: string }>) =>
    setGiven((was) => ({ ...was, [one.id]: { ...of(one), ...change } }));
  const answered = Object.entries(given).flatMap(([id, { answer, note }]) =>
    answer === null ? [] : [[id, { answer, ...(note.trim() === '' ? {} : { note: note.trim() }) }] as const],
  );
  const save = async () => {
    setBusy(true);
    setFailure(null);
    try {
      await calls.requests.review({
        client: slug,
        request: request.id,
        version: request.version,
        answers: Object.fromEntries(answered),
      });
      await done('The answers are saved.', api.requests.key());
    } catch (error) {
      setFailure(explainError(error).text);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card title="Review" foot={`Questions as of ${dayWords(request.questionsAsOf)}.`}>
      {request.questions.map((one) => (
        <div key={one.id} className={classes.asked}>
          <fieldset className={classes.question} disabled={!request.may.review}>
            <legend>{one.asks}</legend>
            <p className="muted">{one.how}</p>
            {request.may.review ? (
              <>
                <Radio.Group
                  aria-label={one.asks}
                  value={of(one).answer ?? ''}
                  onChange={(value) =>
                    put(one, { answer: ANSWERS.find((answer) => answer === value) ?? 'not_known' })
                  }
                >
                  <Row gap="lg">
                    {ANSWERS.map((answer) => (
                      <Radio key={answer} value={answer} label={ANSWER_WORDS[answer]} />
                    ))}
                  </Row>
                </Radio.Group>
                <Textarea
                  label={one.signs ? 'Contact at the vendor' : 'Note'}
                  autosize
                  minRows={1}
                  maxLength={1000}
                  value={of(one).note}
                  onChange={(event) => put(one, { note: event.currentTarget.value })}
                />
              </>
            ) : (
              <p>
                {one.answer === null ? <span className="muted">Not answered</span> : ANSWER_WORDS[one.answer]}
                {one.note === null ? '' : `. ${one.note}`}
              </p>
            )}
            {one.counts === null || one.at === null ? null : (
              <p className="muted">
                {COUNTS_WORDS[one.counts]}. {one.by ?? 'Someone'}, <When at={one.at} inline />
              </p>
            )}
            <SourceLinks sources={one.sources} />
          </fieldset>
        </div>
      ))}
      {failure === null ? null : <Notice mark="cannot_read">{failure}</Notice>}
      {request.may.review ? (
        <Button onClick={() => void save()} loading={busy} disabled={answered.length === 0}>
          Save the answers
        </Button>
      ) : null}
    </Card>
  );
}
