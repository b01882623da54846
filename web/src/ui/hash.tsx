interface HashProps {
  /** Complete SHA-256 in hex. */
  sha: string;
  /** Makes the text a link to the evidence. */
  link?: (content: React.ReactNode) => React.ReactNode;
}

/** A content hash, abbreviated on screen, complete in its tooltip and in print. */
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
