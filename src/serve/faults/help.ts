/** What `--fault` takes, for people. Stands alone, so that a help text costs nothing to load. */
export const FAULT_HELP = `A rule is words with commas between them, as in \`status=429,retry-after=1,share=0.2\`. Of several rules the first that
fires wins; each counts every request that it is about, from all systems together.

Which requests (all of them if nothing is said):
  system=<name>          one of the systems that are served, as in system=openai
  method=<method>        as in method=POST
  path=<glob>            the path below the system's own: * is anything but a slash, ** anything at all
and, of these, no more than one of
  nth=<n>                the n-th alone
  first=<n>              the first n
  every=<n>              the n-th, and each n-th after it
  share=<x>              of the first k, exactly k times x, rounded down: above 0, up to 1

What happens to them (one of these, or a delay alone):
  status=<400-599>       an error with this status, in the system's words
    retry-after=<when>   with this header: seconds, or an HTTP date
    retry-after-ms=<n>   and this one: milliseconds
  cut                    the connection is cut without an answer
  lock                   what the system says of a conversation that somebody else is changing; never for GET and HEAD
  body=truncated         the answer ends in its middle, and content-length says more
  body=text              the answer is an HTML page, as from a proxy
  body=empty             the answer has no body
  redirect=<origin>      307 to the same path at another origin, as in redirect=http://127.0.0.1:9999
and, with any of them,
  delay=<time>           after this time, as in delay=200ms or delay=2s
  at=before|after        before the request is read (so it is if nothing is said), or after its write took effect; a
                         body is always that of the answer, after the write`;
