"""All of them, one after the other: `make bench`."""

from bench import phone, pictures

print("— On the phone —")
phone.main()
print("\n— Pictures —")
pictures.main()
