import { readExtractions } from '../../nodes/Siro/recordings/extractions';
import { toRecordingNote } from '../../nodes/Siro/recordings/note';
import { toRecordingSummary } from '../../nodes/Siro/recordings/summary';

const WORDS = `price <below 20k> & "soon"\nx<y, <ann@example.com>`;

const noteOf = (title: unknown, sections: unknown[], values: object[] = []) =>
	toRecordingNote(title, toRecordingSummary('r', sections), readExtractions(values));

test('a note has the title, the summary, and what was found as it was said', () => {
	const values = [
		{ name: 'Budget', value: '$40,000 - $50,000' },
		{ name: 'Objections', value: ['Price', null, 'Timeline', ''] },
		{ name: 'Decides alone', value: true },
		{ name: 'Timeline', value: null },
		{ name: 'Competitors', value: [' '] },
	];
	const { title, text, html } = noteOf('Tom & Ann', [{ name: 'Plan', content: WORDS }], values);

	expect(title).toBe('Tom & Ann');
	expect(text).toBe(
		`Tom & Ann\n\nPlan:\n${WORDS}\n\nFound in the conversation:\nBudget: $40,000 - $50,000\nObjections: Price, Timeline\nDecides alone: yes`,
	);
	expect(html).toBe(
		'<p><strong>Tom &amp; Ann</strong></p>' +
			'<p><strong>Plan:</strong><br>price &lt;below 20k&gt; &amp; &quot;soon&quot;<br>x&lt;y, &lt;ann@example.com&gt;</p>' +
			'<p><strong>Found in the conversation:</strong><br>Budget: $40,000 - $50,000<br>Objections: Price, Timeline<br>Decides alone: yes</p>',
	);
});

test.each([
	[[], [], ''],
	[[], [{ name: 'Budget', value: 5 }], 'Budget: 5'],
])('without a title and a summary, and with %j and %j', (sections, values, told) => {
	const { title, text, html } = noteOf(' ', sections, values);
	expect(title).toBe('Siro recording');
	if (told === '') expect([text, html]).toEqual(['', '']);
	else expect([text, html]).toEqual([expect.stringContaining(told), expect.stringContaining(told)]);
});

test('a summary as HTML reads as its text does', () => {
	const { text, html } = toRecordingSummary('r', [
		{ name: 'Plan', content: WORDS },
		{ name: '', content: 'a\r\nb' },
	]);
	expect(text).toBe(`Plan:\n${WORDS}\n\na\r\nb`);
	expect(html).toBe(
		'<p><strong>Plan:</strong><br>price &lt;below 20k&gt; &amp; &quot;soon&quot;<br>x&lt;y, &lt;ann@example.com&gt;</p><p>a<br>b</p>',
	);
});
