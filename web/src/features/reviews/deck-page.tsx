import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { dayWords, names } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { serverNow } from '../../clock.ts';
import { useClientHere, useSession } from '../../session.tsx';
import { useKey } from '../../ui/keys.ts';
import { Stack } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { useMedia } from '../../ui/measure.ts';
import { Notice } from '../../ui/states.tsx';
import { Page } from '../../ui/templates/page.tsx';
import { VerdictShape } from '../../ui/verdict-mark.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import classes from './deck.module.css';
import { ItemCard } from './item-card.tsx';
import { reviewRoute } from './routes.tsx';
import { SignCard } from './sign-card.tsx';
import { answerLine, ITEM_SHAPES, type Review } from './words.ts';

/** Pseudo item: the page after the last item, where the review is signed. */
const SIGN = 'sign';

/** A review, item by item, by keyboard or pointer. Answers are saved immediately. */
export function DeckPage() {
  const { slug } = useClientHere();
  const { review } = reviewRoute.useParams();
  const load = useQuery(api.reviews.show.queryOptions({ input: { client: slug, review } }));
  return (
    <Page
      title={(data: Review) => data.title}
      permission="controls.read"
      load={load}
      meta={(data: Review) => metaLine(data)}
      actions={<LinkButton href={`/c/${slug}/reviews`}>All reviews</LinkButton>}
      className={classes.deck}
    >
      {(data: Review) => <Deck review={data} />}
    </Page>
  );
}

function metaLine({ from, due, last, signed, ended, answered, of }: Review): string {
  const about = `Covers the time since ${dayWords(from)}`;
  if (ended !== null) return `${about}. Ended without a signature by ${ended.by}: ${ended.why}`;
  if (signed !== null) return `${about}. Signed on ${dayWords(signed.on)} by ${signed.by}, ${signed.as}.`;
  return [
    `${answered} of ${of} answered`,
    about,
    ...(due === null ? [] : [`due ${dayWords(due)}`]),
    last === null ? 'none signed before' : `last signed ${dayWords(last)}`,
  ].join(' · ');
}

/** Milliseconds after their last answer during which someone counts as present. */
const PRESENT_MS = 10 * 60_000;

/** Who else answered recently, and what; updated as answers are saved. */
function AlsoHere({ review }: { review: Review }) {
  const { person } = useSession();
  const [now] = useState(() => serverNow().getTime());
  if (!review.may.edit) return null;
  const lately = review.items.flatMap(({ title, answer }) =>
    answer !== null && answer.by !== person.name && now - Date.parse(answer.at) < PRESENT_MS
      ? [{ by: answer.by, title, at: answer.at }]
      : [],
  );
  const people = [...new Set(lately.map(({ by }) => by))];
  if (people.length === 0) return null;
  return (
    <p className="muted" role="status">
      {names(people)} {people.length === 1 ? 'is' : 'are'} reviewing, too:{' '}
      {names(
        lately.map(({ title }) => title),
        4,
      )}
      .
    </p>
  );
}

function Deck({ review }: { review: Review }) {
  const { item } = reviewRoute.useSearch();
  const navigate = useNavigate();
  const places = [...review.items.map(({ id }) => id), SIGN];
  // Fixed when the page opens: the first item without an answer, whatever others answer meanwhile.
  const [first] = useState(
    review.items.find(({ answer }) => answer === null || answer.answer === 'later')?.id ?? SIGN,
  );
  const here = item !== undefined && places.includes(item) ? item : first;
  const at = places.indexOf(here);
  const go = (place: string | undefined) => {
    if (place !== undefined) void navigate({ to: '.', search: { item: place }, replace: true });
  };
  const next = () => go(places[at + 1]);
  useKey('j', at < places.length - 1 ? next : null);
  useKey('k', at > 0 ? () => go(places[at - 1]) : null);
  const open = review.items[at];
  const narrow = useMedia('(max-width: 62rem)');
  const list = (
    <nav aria-label="Items of the review" className={classes.places}>
      <ol>
        {review.items.map((one, number) => (
          <li key={one.id}>
            <button
              type="button"
              aria-current={one.id === here ? 'step' : undefined}
              onClick={() => go(one.id)}
            >
              <span className={classes.number}>{number + 1}</span>
              <span>
                <strong>{one.title}</strong>
                <span className="second">{answerLine(one)}</span>
              </span>
              <VerdictShape state={ITEM_SHAPES[one.state]} />
            </button>
          </li>
        ))}
        <li>
          <button type="button" aria-current={here === SIGN ? 'step' : undefined} onClick={() => go(SIGN)}>
            <span className={classes.number}>{places.length}</span>
            <span>
              <strong>{review.signed === null ? 'Check and sign' : 'Minutes'}</strong>
              <span className="second">
                {review.ended !== null
                  ? 'Ended without a signature'
                  : review.signed === null
                    ? `${review.gaps.filter(({ blocks }) => blocks).length} to close`
                    : `Signed ${dayWords(review.signed.on)}`}
              </span>
            </span>
          </button>
        </li>
      </ol>
      <p className="muted">J next, K back, 1 fine, 2 flag, 3 not reviewed, 4 later, N note, A assign.</p>
    </nav>
  );
  return (
    <>
      {narrow ? null : list}
      <Stack gap="lg">
        <AlsoHere review={review} />
        {review.changed.length === 0 ? null : (
          <Notice>
            The catalogue has changed since this review was opened: {names(review.changed, 6)}. This review
            continues with the items as they were.
          </Notice>
        )}
        {open === undefined ? (
          <SignCard review={review} onGo={go} />
        ) : (
          <ItemCard key={open.id} review={review} item={open} number={at + 1} onAnswered={next} />
        )}
        <div className={classes.moves}>
          <Button disabled={at === 0} onClick={() => go(places[at - 1])} aria-keyshortcuts="k">
            Back
          </Button>
          <Button disabled={at === places.length - 1} onClick={next} aria-keyshortcuts="j">
            Next
          </Button>
        </div>
        {narrow ? (
          <Fold summary={`All items: ${review.answered} of ${review.of} answered`}>{list}</Fold>
        ) : null}
      </Stack>
    </>
  );
}
