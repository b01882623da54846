import { Button, Textarea, TextInput } from '@mantine/core';
import { type FocusEvent, useRef, useState } from 'react';
import { ITEM_STATE_WORDS } from '../../../../src/domain/reviews/words.ts';
import { client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { ConflictNotice } from '../../ui/conflict-notice.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { useKey } from '../../ui/keys.ts';
import { Row, Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { OwnerField, ownerValue } from '../work/owner-field.tsx';
import classes from './deck.module.css';
import { type Decisions, SignalList } from './signal-list.tsx';
import { type AnswerKind, answerLine, ITEM_SHAPES, type Item, type Review, took } from './words.ts';

interface ItemCardProps {
  readonly review: Review;
  readonly item: Item;
  readonly number: number;
  readonly onAnswered: () => void;
}

interface Draft {
  readonly note: string;
  readonly owner: string;
  readonly day: string;
  /** Lines that the note explains, as `signal key`. */
  readonly explained: readonly string[];
  readonly decisions: Decisions;
}

function draftOf({ answer, signals }: Item): Draft {
  return {
    note: answer?.note ?? '',
    owner: ownerValue(answer?.owner ?? null),
    day: answer?.day ?? '',
    explained: signals.flatMap(({ signal, entries }) =>
      entries.filter(({ mark }) => mark === 'explained').map(({ key }) => `${signal} ${key}`),
    ),
    decisions: Object.fromEntries(
      signals.flatMap(({ signal, entries }) =>
        entries.flatMap(({ key, decision }) => (decision === null ? [] : [[`${signal} ${key}`, decision]])),
      ),
    ),
  };
}

const CHOICES: readonly { readonly answer: AnswerKind; readonly key: string; readonly label: string }[] = [
  { answer: 'fine', key: '1', label: 'Fine' },
  { answer: 'flag', key: '2', label: 'Flag' },
  { answer: 'not_reviewed', key: '3', label: 'Not reviewed' },
  { answer: 'later', key: '4', label: 'Come back to it' },
];

/** One item: what was read, whether its rule is met, and the answer with note, owner and date. */
export function ItemCard({ review, item, number, onAnswered }: ItemCardProps) {
  const { slug } = useClientHere();
  const [draft, setDraft] = useState(draftOf(item));
  const [problem, setProblem] = useState<string | null>(null);
  /** What someone else saved meanwhile, and the answer that this person tried to save. */
  const [theirs, setTheirs] = useState<{ item: Item; mine: AnswerKind } | null>(null);
  const note = useRef<HTMLTextAreaElement>(null);
  const owner = useRef<HTMLInputElement>(null);
  const saving = useRef(Promise.resolve());
  const version = useRef(item.answer?.version ?? 0);
  /** The draft sent last, so that leaving a field again while it is being saved does not send it twice. */
  const sent = useRef(draft);
  const fields = useRef<HTMLDivElement>(null);
  /** The last answer given, even if it is still being saved. */
  const given = useRef<AnswerKind>(item.answer?.answer ?? 'later');
  const editable = review.may.edit;

  const send = async (answer: AnswerKind, moveOn: boolean) => {
    try {
      const saved = await calls.reviews.answer({
        client: slug,
        review: review.id,
        item: item.id,
        version: version.current,
        answer,
        note: draft.note.trim() || null,
        owner: draft.owner.trim() || null,
        day: draft.day || null,
        explained: linesOf(item).filter(({ signal, key }) => draft.explained.includes(`${signal} ${key}`)),
        decisions: item.signals
          .filter(({ decides }) => decides)
          .flatMap(({ signal, entries }) =>
            entries.flatMap(({ key }) => {
              const decision = draft.decisions[`${signal} ${key}`];
              return decision === undefined ? [] : [{ signal, key, decision }];
            }),
          ),
      });
      version.current = itemIn(saved, item.id)?.answer?.version ?? 0;
      setProblem(null);
      setTheirs(null);
      took(slug, saved);
      // Do not move away from someone who is already writing the note.
      if (moveOn && !fields.current?.contains(document.activeElement)) onAnswered();
    } catch (error) {
      sent.current = draftOf(item);
      const { text, status } = explainError(error);
      const now = status === 409 ? itemIn(await fresh(slug, review.id), item.id) : undefined;
      if (now === undefined) setProblem(text);
      else setTheirs({ item: now, mine: answer });
    }
  };
  // Saves run one after another, so that saving a note does not conflict with saving the answer.
  const save = (answer: AnswerKind, moveOn: boolean) => {
    given.current = answer;
    sent.current = draft;
    saving.current = saving.current.then(() => send(answer, moveOn));
  };
  const act = (answer: AnswerKind) => (editable ? () => save(answer, true) : null);
  useKey('1', act('fine'));
  useKey('2', act('flag'));
  useKey('3', act('not_reviewed'));
  useKey('4', act('later'));
  useKey('n', editable ? () => note.current?.focus() : null);
  useKey('a', editable ? () => owner.current?.focus() : null);

  /** Saves the note when its field loses focus, unless it moves to an answer button, which saves both. */
  const keep = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget instanceof Element && relatedTarget.closest('[data-answers]') !== null) return;
    const kept = sent.current;
    const changed = (['note', 'owner', 'day'] as const).some(
      (name) => kept[name].trim() !== draft[name].trim(),
    );
    if (changed && editable) save(given.current, false);
  };
  const set = (part: Partial<Draft>) => setDraft((was) => ({ ...was, ...part }));
  const takeTheirs = async (now: Item) => {
    sent.current = draftOf(now);
    setDraft(sent.current);
    version.current = now.answer?.version ?? 0;
    given.current = now.answer?.answer ?? 'later';
    setTheirs(null);
    took(slug, await fresh(slug, review.id));
  };

  return (
    <article className={classes.card} aria-labelledby="item-question">
      <Stack gap="lg">
        <div>
          <p className="muted">
            {number} of {review.items.length} · {item.title}
          </p>
          <h2 id="item-question" className={classes.question}>
            {item.question}
          </h2>
        </div>
        <div className={classes.rule} data-state={ITEM_SHAPES[item.state]}>
          <VerdictMark state={ITEM_SHAPES[item.state]}>{ITEM_STATE_WORDS[item.state]}</VerdictMark>
          <p>The guide asks to escalate if: {item.rule}</p>
        </div>
        {item.missingWords === null ? null : <Notice mark="cannot_read">{item.missingWords}</Notice>}
        <SignalList
          item={item}
          last={review.last}
          explained={draft.explained}
          onExplain={editable ? (explained) => set({ explained }) : null}
          decisions={draft.decisions}
          onDecide={editable ? (decisions) => set({ decisions }) : null}
        />
        {theirs === null ? null : (
          <ConflictNotice
            by={theirs.item.answer?.by ?? null}
            at={theirs.item.answer?.at ?? null}
            changes={[
              { name: 'Answer', before: answerLine(theirs.item), after: labelOf(theirs.mine) },
              { name: 'Note', before: theirs.item.answer?.note ?? '', after: draft.note },
            ]}
            onKeepMine={() => {
              version.current = theirs.item.answer?.version ?? 0;
              save(theirs.mine, false);
            }}
            onTakeTheirs={() => void takeTheirs(theirs.item)}
          />
        )}
        {editable ? (
          <Stack ref={fields} gap="md" onBlur={keep}>
            <Textarea
              ref={note}
              label="Note for the minutes"
              autosize
              minRows={2}
              maxLength={4000}
              value={draft.note}
              error={problem}
              onChange={(event) => set({ note: event.currentTarget.value })}
              onKeyDown={(event) => {
                if (event.key === 'Escape') event.currentTarget.blur();
              }}
            />
            <div className={classes.fields}>
              <OwnerField
                people={review.people}
                value={draft.owner}
                onChange={(name) => set({ owner: name })}
                field={owner}
              />
              <TextInput
                type="date"
                label="Until"
                description="For a flag: follow up by this date. For something that is fine although the rule applies: accepted until this date."
                min={review.today}
                value={draft.day}
                onChange={(event) => set({ day: event.currentTarget.value })}
              />
            </div>
          </Stack>
        ) : (
          <Given item={item} />
        )}
        {editable ? (
          <Row className={classes.answers} data-answers>
            {CHOICES.map(({ answer, key, label }) => (
              <Button
                key={answer}
                variant={item.answer?.answer === answer ? 'filled' : 'default'}
                aria-pressed={item.answer?.answer === answer}
                aria-keyshortcuts={key}
                onClick={act(answer) ?? undefined}
              >
                {label}
              </Button>
            ))}
          </Row>
        ) : null}
        {item.answer === null ? null : (
          <p className="muted" role="status">
            Saved by {item.answer.by}, <When at={item.answer.at} inline />
          </p>
        )}
      </Stack>
    </article>
  );
}

/** The answer, if it can no longer be changed or the viewer may not change it. */
function Given({ item }: { item: Item }) {
  if (item.answer === null) return <p className="muted">No one has answered it yet.</p>;
  const { note, closed } = item.answer;
  return (
    <div>
      <p>
        <strong>{answerLine(item)}.</strong>
      </p>
      {note === null ? null : <p className="wraps">{note}</p>}
      {closed === null ? null : (
        <p className="muted">
          Closed by {closed.by}: {closed.note}
        </p>
      )}
    </div>
  );
}

/** Lines that meet the rule. */
function linesOf({ signals }: Item) {
  return signals
    .filter(({ escalates, state }) => escalates && state === 'fail')
    .flatMap(({ signal, entries }) => entries.map(({ key }) => ({ signal, key })));
}

function labelOf(answer: AnswerKind): string {
  return CHOICES.find((one) => one.answer === answer)?.label ?? '';
}

function itemIn({ items }: Review, id: string): Item | undefined {
  return items.find((one) => one.id === id);
}

function fresh(slug: string, review: string): Promise<Review> {
  return calls.reviews.show({ client: slug, review });
}
