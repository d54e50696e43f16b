"""All of them, one after the other: `make bench`."""

from bench import (
    crowd,
    documents,
    exports,
    full_house,
    lighthouse,
    office,
    people,
    phone,
    pictures,
    roster,
    server_cpu,
    slow_uploads,
    taps,
    thousand,
)

print("— On the phone —")
phone.main()
print("\n— Taps and keys —")
taps.main()
print("\n— Lighthouse —")
lighthouse.main()
print("\n— Pictures —")
pictures.main()
print("\n— People —")
people.main()
print("\n— Steps on the server —")
server_cpu.main()
print("\n— A crowd —")
crowd.main()
print("\n— Slow uploads —")
slow_uploads.main()
print("\n— Papers as PDF —")
documents.main()
print("\n— The office, 50,000 cases —")
office.main()
print("\n— Exports —")
exports.main()
print("\n— A roster of 300,000 —")
roster.main()
print("\n— 300,000 cases, on both engines —")
full_house.main()
print("\n— A thousand journeys in one container —")
thousand.main()
