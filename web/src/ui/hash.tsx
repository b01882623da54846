interface HashProps {
  /** Whole SHA-256 in hex. */
  sha: string;
  /** Wraps the text in a link to the evidence. */
  link?: (content: React.ReactNode) => React.ReactNode;
}

/** A content address, shortened for the eye, whole on hover and on paper. */
export function Hash({ sha, link }: HashProps) {
  const short = sha.length > 12 ? `${sha.slice(0, 4)}…${sha.slice(-4)}` : sha;
  const content = (
    <code title={sha}>
      <span className="screen-only">{short}</span>
      <span className="paper-only">{sha}</span>
    </code>
  );
  return link === undefined ? content : link(content);
}
