"""A poll report of Zoom as most accounts write it."""

PAIRS = (
    '\ufeffPoll Report,\nReport Generated:,"2026-03-16 21:10:44",\n'
    "Topic,Meeting ID,Actual Start Time,Actual Duration (minutes),\n"
    'Loyaliteit,81,"2026-03-16 15:55:02",100,\n\nPoll Details\n'
    "#,User Name,User Email,Submitted Date/Time,\n"
    '1,P3 - Joke,j@x.example,"Mar 16, 2026 19:21:04","Hoe waarschijnlijk? (0-10)","7","Wat weegt\nhet zwaarst?",'
    '"Wachttijd;Kennis"\n'
    '2,Ahmed,,"Mar 16, 2026 19:21:09","Hoe waarschijnlijk? (0-10)","4","Wat weegt\nhet zwaarst?",""\n'
    '3,Anonymous,,"Mar 16, 2026 19:21:15","Hoe waarschijnlijk? (0-10)","9",'
    '"Wat weegt\nhet zwaarst?","Te duur; te laat"\n'
)
