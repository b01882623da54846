import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { dayWords, names } from '../../../../src/domain/text/words.ts';
import { addressOf, api, client as calls, routes } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useKey } from '../../ui/keys.ts';
import { Row, Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { When } from '../../ui/when.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { StampLine } from '../evidence/stamp-line.tsx';
import classes from './deck.module.css';
import { type Review, took } from './words.ts';

interface SignCardProps {
  readonly review: Review;
  readonly onGo: (item: string) => void;
}

/** The last page: what is missing before the review can be signed, who signs, and then its minutes. */
export function SignCard({ review, onGo }: SignCardProps) {
  return (
    <article className={classes.card} aria-labelledby="sign-title">
      {review.ended !== null ? (
        <Ended ended={review.ended} />
      ) : review.signed === null ? (
        <Open review={review} onGo={onGo} />
      ) : (
        <Signed review={review} />
      )}
    </article>
  );
}

function Open({ review, onGo }: SignCardProps) {
  const { slug } = useClientHere();
  const [next, setNext] = useState(review.next ?? '');
  const blocking = review.gaps.filter(({ blocks }) => blocks);
  const known = review.gaps.filter(({ blocks }) => !blocks);
  const sign = useMutation({
    mutationFn: () =>
      calls.reviews.sign({
        client: slug,
        review: review.id,
        version: review.version,
        next: next || null,
      }),
    onSuccess: async (signed) => {
      took(slug, signed);
      toast({ kind: 'done', text: 'Signed. The minutes are kept as evidence.' });
    },
    onError: () =>
      void calls.reviews.show({ client: slug, review: review.id }).then((now) => took(slug, now)),
  });
  const ready = blocking.length === 0 && review.may.sign;
  useKey('s', ready && !sign.isPending ? () => sign.mutate() : null);
  return (
    <Stack gap="lg">
      <h2 id="sign-title" className={classes.question}>
        Check and sign
      </h2>
      <Gaps title="Close these first" gaps={blocking} review={review} onGo={onGo} />
      <Gaps title="The minutes will say" gaps={known} review={review} onGo={onGo} />
      {blocking.length === 0 ? (
        <p>
          Every item is answered.{' '}
          {review.covered.length === 0
            ? 'It covers no area that counts for a control.'
            : `Controls will count ${review.covered.length} of ${new Set(review.items.flatMap(({ area }) => area ?? [])).size} areas as reviewed.`}
        </p>
      ) : null}
      {review.may.whyNot === null ? null : <Notice mark="pending">{review.may.whyNot}</Notice>}
      {sign.error === null ? null : <Notice mark="fail">{explainError(sign.error).text}</Notice>}
      {review.may.sign ? (
        <Row align="end">
          <TextInput
            type="date"
            label="Next review on"
            value={next}
            onChange={(event) => setNext(event.currentTarget.value)}
          />
          <Button
            variant="filled"
            disabled={!ready}
            loading={sign.isPending}
            aria-keyshortcuts="s"
            onClick={() => sign.mutate()}
          >
            Sign the review
          </Button>
        </Row>
      ) : null}
      {review.may.edit ? <EndUnsigned review={review} /> : null}
    </Stack>
  );
}

function EndUnsigned({ review }: { review: Review }) {
  const { slug } = useClientHere();
  const [opened, setOpened] = useState(false);
  const fields = useFields({ why: '' }, { why: needed('Briefly say why it ends without a signature.') });
  return (
    <div>
      <Button size="xs" onClick={() => setOpened(true)}>
        End without a signature…
      </Button>
      <FormDialog
        opened={opened}
        onClose={() => setOpened(false)}
        title="End the review without a signature"
        submit="End the review"
        final
        onSubmit={async () => {
          if (!fields.check()) return false;
          const { id, version } = review;
          const why = fields.values.why.trim();
          took(slug, await calls.reviews.end({ client: slug, review: id, version, why }));
          toast({ kind: 'done', text: 'Ended. It stays on record with its reason.' });
          return true;
        }}
      >
        <p>The answers stay on record. The review does not count for any control and stays due.</p>
        <Textarea label="Reason" autosize minRows={2} maxLength={2000} {...fields.text('why')} />
      </FormDialog>
    </div>
  );
}

function Ended({ ended }: { ended: NonNullable<Review['ended']> }) {
  return (
    <Stack gap="md">
      <h2 id="sign-title" className={classes.question}>
        Ended without a signature
      </h2>
      <p>
        By {ended.by}, <When at={ended.at} inline />. This review does not count for any control.
      </p>
      <p className="wraps">{ended.why}</p>
    </Stack>
  );
}

interface GapsProps extends SignCardProps {
  readonly title: string;
  readonly gaps: Review['gaps'];
}

function Gaps({ title, gaps, review, onGo }: GapsProps) {
  if (gaps.length === 0) return null;
  return (
    <section>
      <h3 className="heading">{title}</h3>
      <ul className={classes.signals}>
        {gaps.map(({ code, item, words }) => (
          <li key={`${code} ${item} ${words}`}>
            <Row justify="between">
              <span className="wraps">
                <strong>{titleOf(review, item)}</strong>: {words}
              </span>
              <Button size="xs" onClick={() => onGo(item)}>
                Open<span className="hidden-text"> {titleOf(review, item)}</span>
              </Button>
            </Row>
          </li>
        ))}
      </ul>
    </section>
  );
}

function titleOf({ items }: Review, id: string): string {
  return items.find((one) => one.id === id)?.title ?? id;
}

const FORM_WORDS = { pdf: 'PDF', html: 'HTML', docx: 'Word' } as const;

function Signed({ review }: { review: Review }) {
  const { slug } = useClientHere();
  const { signed, items } = review;
  const queue = useQuery(api.reviews.queue.queryOptions({ input: { kind: review.kind } }));
  if (signed === null) return null;
  const following = queue.data?.items.find(
    ({ client, late, open }) => client !== slug && (late || open !== null),
  );
  const flags = items.filter(({ answer }) => answer?.answer === 'flag' && answer.closed === null);
  return (
    <Stack gap="lg">
      <h2 id="sign-title" className={classes.question}>
        Minutes
      </h2>
      <p>
        Signed on {dayWords(signed.on)} by {signed.by}, {signed.as}.{' '}
        {signed.next === null ? '' : `The next one is due ${dayWords(signed.next)}.`}
      </p>
      <StampLine stamp={review.stamp} />
      <Row>
        {signed.minutes.map(({ format }) => (
          <Button
            key={format}
            component="a"
            href={addressOf(routes.reviews.minutes, { client: slug, review: review.id, format })}
            download
            leftSection={<Icon name="download" />}
          >
            {FORM_WORDS[format]}
          </Button>
        ))}
      </Row>
      {flags.length === 0 ? null : (
        <p>
          Open flags:{' '}
          {names(
            flags.map(({ title }) => title),
            flags.length,
          )}
          . Their owners can see them under Work; close them under All reviews.
        </p>
      )}
      {following === undefined ? null : (
        <div>
          <LinkButton
            href={`/c/${following.client}/reviews${following.open === null ? '' : `/${following.open}`}`}
          >
            Continue with {following.name}
          </LinkButton>
        </div>
      )}
    </Stack>
  );
}
