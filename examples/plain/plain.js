// The token comes from your own login; the record from your own page. Here: the sample archive and ?record=ID.
const signedIn = fetch('/dev/login', { method: 'POST', body: JSON.stringify({ user: 'clerk' }) }).then((r) => r.json());
document.querySelector('anjuan-provider').getToken = async () => (await signedIn).token;
const record = new URLSearchParams(location.search).get('record');
if (record) document.querySelector('anjuan-viewer').recordId = record;
