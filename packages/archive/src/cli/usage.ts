/** The texts of `--help`. */
export const usage = {
  all: `anjuan-archive: the reference archive of Anjuan

  anjuan-archive serve               answer HTTP requests
  anjuan-archive ingest DIR          read record folders below DIR into the archive
  anjuan-archive snapshot DIR        write record folders out for an archive inside a page
  anjuan-archive token USER          print a token for a sample user: doctor, clerk, patient

  anjuan-archive COMMAND --help      options of a command
`,
  serve: `anjuan-archive serve [options]

  --data DIR       where the archive lives (default .cache/archive)
  --host NAME      address to listen on (default 127.0.0.1)
  --port N         port (default 8680, or PORT); a busy one is an error without --spare-ports
  --spare-ports N  how many following ports to try (default 0)
  --key TEXT       shared key of the tokens, at least 32 bytes (or ANJUAN_TOKEN_KEY)
  --jwks URL       address of the key set that signs the tokens, instead of a shared key
  --issuer TEXT    with --jwks: the only issuer whose tokens count (default any)
  --audience TEXT  with --jwks: the audience that tokens must name (default any)
  --site PATH=DIR  serve the files of DIR below PATH, for example /emr/=examples/emr (repeatable)
  --service PATH=MODULE  let the openService() of a module answer below PATH (repeatable)
  --home PATH      where / leads

Without --key and --jwks the archive makes its own key; that only works on loopback. On loopback a shared key, given or
made, also signs the tokens of a development login at /dev/login.
`,
  ingest: `anjuan-archive ingest DIR [options]

  --data DIR       where the archive lives (default .cache/archive)
  --pictures N     pages of each document that get pictures at once (default 0; the rest on demand)

Every folder below DIR with a record.json is one stay. A broken file is kept with an error state; a broken record.json is
skipped and named. Killed and run again, the ingest ends with the same result.
Exit code: 0 all stored, 1 something was skipped or refused, 2 wrong call.
`,
  snapshot: `anjuan-archive snapshot DIR --out FOLDER [options]

  --out FOLDER     written anew: snapshot.json and blobs/, for loadSnapshot() in a page
  --pictures N     pages of each document that get pictures (default all)
`,
  token: `anjuan-archive token USER [options]

  --data DIR       where the archive lives (default .cache/archive)
  --key TEXT       shared key of the tokens (or ANJUAN_TOKEN_KEY; default the archive's own development key)
  --patient ID     patient of the user "patient"
  --expires N      seconds until it ends (default 28800)
`,
} as const;
